package io.outcry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Trader;
import io.outcry.api.config.Settings;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.OpenAccount;
import io.outcry.domain.instrument.Currency;
import io.outcry.engineclient.EngineClient;
import io.outcry.engineclient.EngineSettings;
import io.outcry.persistence.Persistence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal alone is put back from an older copy: PostgreSQL knows what it no longer does. */
@Timeout(180)
class RolledBackJournalTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir private Path folder;

    private RealServers servers;
    private Map<String, String> environment;
    private long projected;

    @BeforeEach
    void rollBack() throws Exception {
        assumeTrue(RealServers.available(), "the engine has not been built");
        servers = RealServers.start(folder.resolve("journal"));
        environment = new HashMap<>(servers.environment());
        environment.put("OUTCRY_TOKEN_KEY", TestVenue.newTokenKey());
        servers.startEngine();
        tradeOnANewReplica();
        servers.killEngine();
        servers.copyJournal();
        servers.startEngine();
        projected = tradeOnANewReplica();
        servers.killEngine();
        servers.putJournalBack();
        servers.startEngine();
    }

    @AfterEach
    void stop() throws IOException {
        if (servers != null) {
            servers.close();
        }
    }

    @Test
    void theProjectorStopsWhereTheEngineIsBehind() throws Exception {
        assertThat(problemOfANewReplica())
                .startsWith("AHEAD_OF_ENGINE: ")
                .contains("the subscriber has seen sequence " + projected + ", the engine's last");
    }

    @Test
    void theProjectorStopsOnceTheEngineIsBeyondItToo() throws Exception {
        takeTheEngineBeyond(projected);
        assertThat(problemOfANewReplica())
                .startsWith("AHEAD_OF_ENGINE: ")
                .contains("the subscriber has seen sequence " + projected + " of time ")
                .contains("the journal was rolled back");
        assertThat(run("check")).isEqualTo(1);

        assertThat(run("rebuild")).isZero();

        assertThat(run("check")).isZero();
        assertThat(tradeOnANewReplica()).isGreaterThan(projected);
    }

    @Test
    void aRebuildEndsWhereTheJournalDoesNow() throws Exception {
        assertThat(run("rebuild")).isZero();
        assertThat(run("check")).isZero();
    }

    /** Returns the last event projected. */
    private long tradeOnANewReplica() throws Exception {
        try (RealReplica replica = start()) {
            Trader trader = replica.register();
            for (int i = 0; i < 3; i++) {
                String order = TestClient.order("BUY", "1", "10");
                assertThat(replica.post("/api/orders", trader, order).status()).isEqualTo(201);
            }
            assertThat(replica.get("/api/orders", trader).body().get("orders")).hasSize(3);
        }
        Settings settings = TestVenue.settings(environment);
        try (Persistence database =
                Persistence.open(Adapters.persistenceSettings(settings.database()))) {
            return database.projection().position();
        }
    }

    private String problemOfANewReplica() throws Exception {
        try (RealReplica replica = start()) {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> health(replica).toString().contains("FAILED"));
            return health(replica).findValue("problem").asText();
        }
    }

    private RealReplica start() throws InterruptedException {
        RealReplica replica = new RealReplica(TestVenue.settings(environment));
        replica.awaitStart();
        return replica;
    }

    private static JsonNode health(RealReplica replica) throws IOException, InterruptedException {
        return replica.get("/health", null).body();
    }

    private void takeTheEngineBeyond(long sequence) throws InterruptedException {
        EngineSettings settings = EngineSettings.of(environment.get("ENGINE_TARGET"));
        try (EngineClient client = EngineClient.start(settings)) {
            assertThat(client.awaitConnected(SOON)).isTrue();
            for (long id = 1_000_000; client.durableSequence() <= sequence; id++) {
                Currency currency = new Currency("USD");
                client.openAccount(new OpenAccount(new AccountId(id), currency, 1, 0, 0)).join();
            }
        }
    }

    private int run(String command) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return new ProjectionCommand(
                        TestVenue.settings(environment), new PrintStream(out, true, UTF_8))
                .run(command);
    }
}
