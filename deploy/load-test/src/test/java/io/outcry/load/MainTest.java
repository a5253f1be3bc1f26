package io.outcry.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.outcry.load.bare.BareServer;
import io.outcry.load.bare.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path folder;

    @Test
    void runsPrintsATableAndLeavesItsJson() throws Exception {
        Path json = folder.resolve("new/result.json");
        try (BareServer venue = new BareServer("127.0.0.1", 0)) {
            int exitCode =
                    execute(
                            "--target",
                            "http://127.0.0.1:" + venue.port(),
                            "--clients=3",
                            "--duration=2s",
                            "--warmup=500ms",
                            "--progress=none",
                            "--label=replicas=1",
                            "--json=" + json);

            assertThat(exitCode).as(err.toString()).isZero();
        }
        assertThat(out.toString())
                .contains("market flow, 3 clients, back to back")
                .contains("registrations: 3 of 3")
                .contains("accepted orders/s")
                .contains("clean: every registration");
        JsonNode report = JSON.readTree(json.toFile());
        assertThat(report.path("schema").asText()).isEqualTo("outcry-load/1");
        assertThat(report.at("/settings/mix").asText()).isEqualTo("market");
        assertThat(report.at("/settings/warmup_seconds").asDouble()).isEqualTo(0.5);
        assertThat(report.at("/environment/cores").asInt()).isPositive();
        assertThat(report.at("/environment/labels/replicas").asText()).isEqualTo("1");
        assertThat(report.at("/registrations/succeeded").asInt()).isEqualTo(3);
        assertThat(report.at("/orders_per_second").asDouble()).isPositive();
        assertThat(report.at("/orders/accepted_by_status/CANCELED").asLong()).isPositive();
        assertThat(report.at("/orders/latency_ms/p99_9").asDouble()).isPositive();
        assertThat(report.at("/clients/2/orders/latency_ms/p50").asDouble()).isPositive();
        assertThat(report.at("/generator/cpu_micros_per_request").asDouble()).isPositive();
        assertThat(report.at("/verdict/exit_code").asInt(-1)).isZero();
        assertThat(json.getParent())
                .isDirectoryNotContaining(file -> !file.equals(json.toFile().toPath()));
    }

    @Test
    void printsJsonAloneOnStandardOutputWhenAsked() throws Exception {
        try (BareServer venue = new BareServer("127.0.0.1", 0)) {
            execute(
                    "--target=http://127.0.0.1:" + venue.port(),
                    "--clients=1",
                    "--duration=1s",
                    "--rate=50",
                    "--progress=none",
                    "--json=-");
        }

        assertThat(JSON.readTree(out.toString()).at("/settings/loop").asText()).isEqualTo("open");
        assertThat(err.toString()).contains("50 orders/s in all").contains("due to sent");
    }

    @Test
    void saysInOneLineThatARunCannotBeMade() {
        int exitCode = execute("--target=http://venue.invalid:1", "--progress=none");

        assertThat(exitCode).isEqualTo(4);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("venue.invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--clients=none",
                "--clients=0",
                "--duration=60",
                "--mix=random",
                "--rate=-5",
                "--target=https://venue.example",
                "--retry --no-client-order-ids",
                "--unheard-of",
                "compare --rounds=0",
                "entry --batch=0",
                "entry --via=ws --batch=257",
                "entry --duration=0s",
                "entry --target=venue.example",
                "slow --clients=0",
                "slow --connections=-1",
                "slow --logins=-1",
                "slow --rate=-5",
                "slow --duration=0s",
                "rolling",
                "rolling --restart=true --times=0",
                "rolling --restart=true --share=0",
                "rolling --restart=true --followers=41",
                "rolling --restart=true --target=https://venue.example",
                "subscribers --count=0",
                "subscribers --replica=ftp://venue.example",
                "subscribers --clients=none"
            })
    void saysInOneLineWhatIsWrongWithTheCommandLine(String arguments) {
        int exitCode = execute(arguments.split(" ", -1));

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("load").contains("--help");
    }

    @Test
    void tellsAVenueThatRegistersNobodyFromOneThatIsNotThere() throws Exception {
        assertThat(execute("entry", "--target=http://127.0.0.1:" + FreePort.find())).isEqualTo(4);
        HttpServer venue =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        venue.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(503, -1);
                    exchange.close();
                });
        venue.start();
        try {
            String target = "--target=http://127.0.0.1:" + venue.getAddress().getPort();
            assertThat(execute("entry", target, "--clients=1")).isEqualTo(3);
        } finally {
            venue.stop(0);
        }
    }

    @Test
    void explainsItself() {
        assertThat(execute("--help")).isZero();

        CommandLine commandLine = Main.commandLine();
        for (var option : commandLine.getCommandSpec().options()) {
            assertThat(out.toString()).contains(option.longestName().replace("--", ""));
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
        }
        assertThat(out.toString()).contains("Exit codes:").contains("Examples:");
    }

    private int execute(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
