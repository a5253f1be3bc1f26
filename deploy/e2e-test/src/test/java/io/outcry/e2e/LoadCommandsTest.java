package io.outcry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The load generator's other commands do what they say, at rates that any machine takes. */
@ExtendWith(SharedVenue.class)
@Timeout(180)
class LoadCommandsTest {
    private static final Path JAR =
            Path.of("../load-test/target/outcry-load.jar").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LIMIT_SECONDS = 120;
    private static final int CLEAN = 0;

    private final RunningVenue venue;

    @TempDir private Path folder;

    LoadCommandsTest(RunningVenue venue) {
        this.venue = venue;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "ws"})
    void entryPlacesOrdersInBulk(String way) throws Exception {
        Run run = load("entry", "--via", way, "--batch", "5", "--warmup", "0s", "--duration", "1s");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(CLEAN);
        assertThat(run.report().path("way").asText()).isEqualTo(way);
        assertThat(run.report().path("accepted").asLong()).isPositive();
        assertThat(run.report().at("/latency_ms/count").asLong()).isPositive();
    }

    @Test
    void subscribersAreToldOfTrades() throws Exception {
        Run run =
                load(
                        "subscribers",
                        "--replica=" + venue.replica(0),
                        "--count=5",
                        "--rate=100",
                        "--warmup=1s",
                        "--duration=3s");

        assertThat(run.report().at("/delivery_ms/count").asLong()).as(run.output()).isPositive();
        assertThat(run.report().path("lost").asLong()).isZero();
        assertThat(run.report().path("most_heap_mib").asDouble()).isPositive();
        assertThat(run.report().at("/orders/verdict/exit_code").asInt()).isEqualTo(CLEAN);
    }

    @Test
    void slowConnectionsAndWrongPasswordsKeepNoOrderFromBeingDecided() throws Exception {
        Run run =
                load(
                        "slow",
                        "--connections=30",
                        "--logins=2",
                        "--rate=50",
                        "--warmup=0s",
                        "--duration=3s");

        assertThat(run.report().path("connected").asInt()).as(run.output()).isPositive();
        assertThat(run.report().at("/logins/http 401").asLong()).isPositive();
        for (String when : List.of("before", "during")) {
            JsonNode orders = run.report().path(when);
            assertThat(orders.at("/verdict/exit_code").asInt()).isEqualTo(CLEAN);
            assertThat(orders.at("/orders/latency_ms/count").asLong()).isPositive();
        }
    }

    /** What a command came to. */
    private record Run(int exitCode, JsonNode report, String output) {}

    private Run load(String... options) throws Exception {
        Path json = folder.resolve("report.json");
        Path output = folder.resolve("output.txt");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-jar", JAR.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("--target=" + venue.uri(), "--clients=2", "--json=" + json));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as(Files.readString(output))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String told = Files.readString(output);
        assertThat(json).as(told).exists();
        return new Run(process.exitValue(), JSON.readTree(json.toFile()), told);
    }
}
