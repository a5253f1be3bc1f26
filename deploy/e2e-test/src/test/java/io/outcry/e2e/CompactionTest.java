package io.outcry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.e2e.Client.Answer;
import io.outcry.standalone.server.OperatorSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A venue goes on when the beginning of its journal was moved away. */
class CompactionTest {
    private static final int MOST_BATCHES = 4_000;
    private static final String ORDER =
            "{\"symbol\":\"AAPL\",\"side\":\"BUY\",\"order_type\":\"LIMIT\",\"quantity\":\"1\",\"price\":\"1.00\"}";
    private static final String BATCH =
            "{\"orders\":[" + String.join(",", Collections.nCopies(50, ORDER)) + "]}";

    @TempDir private Path folder;

    @Test
    void whatCannotBeMadeAnewIsNotEmptied() throws Exception {
        OperatorSettings settings =
                OperatorSettings.in(
                        Map.of(
                                "OUTCRY_ENGINE_SEGMENT_MIB", "1",
                                "OUTCRY_ENGINE_SNAPSHOT_MIB", "1"));
        try (RunningVenue venue = RunningVenue.start(folder.resolve("data"), 1, settings)) {
            Client trader = Client.registered(venue.uri());
            String first = trader.post("/api/orders", ORDER).text("id");
            fillSegments(venue, trader);
            Path archive = Files.createDirectory(folder.resolve("archive"));
            long projected = projected(trader.at(venue.replica(0)), first);

            run(
                    0,
                    Map.of(),
                    List.of(
                            venue.engineBinary().toString(),
                            "compact",
                            venue.engineData().toString(),
                            Long.toString(projected),
                            archive.toString()));
            assertThat(archive).isNotEmptyDirectory();

            // What it told last is in its memory as long as it runs.
            ProcessHandle engine =
                    ProcessHandle.of(venue.component("engine").pid().orElseThrow()).orElseThrow();
            engine.destroyForcibly();
            engine.onExit().get(10, TimeUnit.SECONDS);
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> trader.post("/api/orders", ORDER).status() == 201);

            assertThat(run(1, venue.apiEnvironment(), venue.apiCommand("rebuild")))
                    .contains("nothing was changed")
                    .contains("NO_LONGER_RETAINED");
            assertThat(trader.get("/api/orders/" + first).text("status")).isEqualTo("NEW");
        }
    }

    /** Trades until the journal's first segment is older than a snapshot. */
    private static void fillSegments(RunningVenue venue, Client trader) throws Exception {
        for (int i = 0; i < MOST_BATCHES; i++) {
            if (count(venue, "journal-") >= 4 && count(venue, "snapshot-") >= 2) {
                return;
            }
            Answer answer = trader.post("/api/orders/batch", BATCH);
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        }
        throw new AssertionError("the journal has not grown");
    }

    private static long count(RunningVenue venue, String prefix) throws IOException {
        try (var files = Files.list(venue.engineData())) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).count();
        }
    }

    /** How far the projection has come, once an own read has shown that it is up to date. */
    private static long projected(Client trader, String order) throws Exception {
        assertThat(trader.get("/api/orders/" + order).status()).isEqualTo(200);
        return trader.get("/health").body().findValue("projected_sequence").asLong();
    }

    private String run(int status, Map<String, String> environment, List<String> command)
            throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(new ArrayList<>(command))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isEqualTo(status);
        return said;
    }
}
