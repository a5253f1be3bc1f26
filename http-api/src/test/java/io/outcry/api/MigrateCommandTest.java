package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.api.config.Settings;
import io.outcry.persistence.Persistence;
import io.outcry.testing.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** On a real database. */
class MigrateCommandTest {
    private final int port = FreePorts.one();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Settings settings =
            TestVenue.settings(
                    Map.of(
                            "DATABASE_URL",
                            "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                            "DATABASE_USER",
                            "postgres"));

    private EmbeddedPostgres database() throws IOException {
        return EmbeddedPostgres.builder().setPort(port).setServerConfig("fsync", "off").start();
    }

    private int run() {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        try {
            return new MigrateCommand(settings, out).run();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aDatabaseThatIsNotThereYetIsWaitedForAndMigrated() throws Exception {
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(this::run);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> said().contains("waiting for the database: "));
        assertThat(said()).contains("127.0.0.1:" + port);
        try (EmbeddedPostgres started = database();
                Persistence persistence =
                        Persistence.open(Adapters.persistenceSettings(settings.database()))) {
            assertThat(status.get()).isZero();
            assertThat(started.getPort()).isEqualTo(port);
            assertThat(persistence.projection().position()).isZero();
            assertThat(run()).as("where there is nothing to do").isZero();
        }
    }

    @Test
    void oneThatFailsIsToldWithTheDatabasesWords() throws Exception {
        try (EmbeddedPostgres database = database()) {
            inTheWay(database);
            assertThat(run()).isEqualTo(1);
            assertThat(said()).contains("was not migrated", "\"users\" already exists");
        }
    }

    private static void inTheWay(EmbeddedPostgres database) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (name text)");
        }
    }
}
