package io.outcry.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.e2e.Client.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The single jar, from nothing. */
@Timeout(300)
class StandaloneJarTest {
    private static final int TERMINATED = 128 + 15;
    private static final String ORDER =
            """
            {"symbol":"AAPL","side":"BUY","order_type":"LIMIT","quantity":"3","price":"101.25"}""";

    @TempDir private Path directory;

    private StandaloneProcess jar;

    @BeforeEach
    void nothingYet() {
        jar = new StandaloneProcess(directory);
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        jar.killAll();
    }

    @Test
    void anOrderOutlivesTheKillOfEveryProcess() throws Exception {
        Process first = jar.started();
        Client trader = Client.registered(jar.uri());
        Answer placed = trader.post("/api/orders", ORDER);
        assertThat(placed.status()).as("%s", placed).isEqualTo(201);
        assertThat(StandaloneProcess.kill(first)).hasSizeGreaterThanOrEqualTo(4);

        jar.started();
        Answer found = trader.get("/api/orders/" + placed.text("id"));
        assertThat(found.text("status")).as("%s", found).isEqualTo("NEW");
        assertThat(found.text("price")).isEqualTo("101.25");
    }

    @Test
    void aKilledSupervisorsProcessesAreTakenOverAndTheStopLeavesNone() throws Exception {
        Process first = jar.started();
        Answer placed = Client.registered(jar.uri()).post("/api/orders", ORDER);
        assertThat(placed.status()).as("%s", placed).isEqualTo(201);
        List<ProcessHandle> orphans = first.descendants().toList();
        first.destroyForcibly().waitFor();
        assertThat(orphans).allMatch(ProcessHandle::isAlive);

        Process second = jar.started();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> orphans.stream().noneMatch(ProcessHandle::isAlive));
        List<ProcessHandle> running = second.descendants().toList();
        second.destroy();
        assertThat(second.waitFor()).isEqualTo(TERMINATED);
        assertThat(running).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void helpTellsTheOptions() throws Exception {
        assertThat(jar.output("--help")).contains("--data", "--http-port", "down");
    }
}
