package io.outcry.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalGuardTest {
    @TempDir private Path directory;
    private static EmbeddedPostgres server;
    private static ProjectionDatabase database;

    @BeforeAll
    static void startDatabase() throws IOException {
        server = EmbeddedPostgres.start();
        String url = server.getJdbcUrl("postgres", "postgres");
        database = new ProjectionDatabase(url, "postgres", "", Duration.ofSeconds(30));
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        server.close();
    }

    private static void project(long position) throws SQLException {
        execute("DROP TABLE IF EXISTS projection_position");
        execute("CREATE TABLE projection_position (sequence bigint NOT NULL)");
        execute("INSERT INTO projection_position VALUES (" + position + ")");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aVenueThatNeverRanMayBegin() throws Exception {
        execute("DROP TABLE IF EXISTS projection_position");
        assertThat(JournalGuard.problem(directory, database)).isEmpty();
    }

    @Test
    void aVenueWhoseDatabaseIsMigratedAndSawNoEventMayBegin() throws Exception {
        project(0);
        assertThat(JournalGuard.problem(directory, database)).isEmpty();
    }

    @Test
    void aJournalThatIsGoneIsNotBegunAnew() throws Exception {
        project(4711);
        assertThat(JournalGuard.problem(directory, database))
                .get()
                .asString()
                .contains("up to 4711")
                .contains("Restore");
    }

    @Test
    void whereThereIsAJournalTheDatabaseDoesNotMatter() throws Exception {
        project(4711);
        Files.createFile(directory.resolve("journal-00000000000000000001"));
        assertThat(JournalGuard.problem(directory, database)).isEmpty();
    }
}
