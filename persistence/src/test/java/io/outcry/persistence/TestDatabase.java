package io.outcry.persistence;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own on a real PostgreSQL server that all tests of this JVM share. Safe for use
 * by many threads.
 */
final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** A connection that has ended has told what it read. */
    private static final String CONNECTIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name LIKE 'outcry%'";

    private static final String ROWS_READ =
            "SELECT coalesce(sum(idx_tup_fetch), 0) + coalesce(sum(seq_tup_read), 0)"
                    + " FROM pg_stat_user_tables";

    private final PersistenceSettings settings;

    private TestDatabase(PersistenceSettings settings) {
        this.settings = settings;
    }

    /** Empty, without even a schema. */
    static TestDatabase create() {
        return create(Shared.SERVER, "template1");
    }

    /** With the schema in place. */
    static TestDatabase migrated() {
        return create(Shared.SERVER, Shared.MIGRATED.name());
    }

    /** On a server of the test's own, with the schema in place. */
    static TestDatabase migrated(EmbeddedPostgres server) {
        return migrate(create(server, "template1"));
    }

    private static TestDatabase create(EmbeddedPostgres server, String template) {
        String name = "test" + COUNT.incrementAndGet();
        new TestDatabase(settings(server, "postgres"))
                .execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        return new TestDatabase(settings(server, name));
    }

    private static TestDatabase migrate(TestDatabase database) {
        try (Persistence persistence = database.open()) {
            persistence.migrate();
        }
        return database;
    }

    String name() {
        return settings.url().substring(settings.url().lastIndexOf('/') + 1);
    }

    private static PersistenceSettings settings(EmbeddedPostgres server, String name) {
        return PersistenceSettings.of(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, "postgres", "");
    }

    PersistenceSettings settings() {
        return settings;
    }

    Persistence open() {
        return Persistence.open(settings);
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long number(String sql) {
        return Long.parseLong(rows(sql).get(0));
    }

    /**
     * How many rows of tables the server read for that, which closes whatever it opens; what was
     * open before must have been closed.
     */
    long rowsReadBy(Runnable reading) {
        await().until(() -> number(CONNECTIONS) == 0);
        execute("SELECT pg_stat_reset()");
        reading.run();
        await().until(() -> number(CONNECTIONS) == 0);
        return number(ROWS_READ);
    }

    /** Each row's fields, separated by bars. */
    List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                StringJoiner fields = new StringJoiner("|");
                for (int i = 1; i <= columns; i++) {
                    fields.add(row.getString(i));
                }
                rows.add(fields.toString());
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Process id of the server, the parent of all its others. */
    long serverProcess() {
        return Long.parseLong(
                rows("SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)").get(0));
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    private static final class Shared {
        static final EmbeddedPostgres SERVER = start();
        static final TestDatabase MIGRATED = migrated(SERVER);

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server =
                        EmbeddedPostgres.builder()
                                .setServerConfig("fsync", "off")
                                .setServerConfig("max_connections", "60")
                                .start();
                endByForce(server);
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** An orderly stop writes what nobody needs, for longer than a test run waits. */
        private static void endByForce(EmbeddedPostgres server) {
            long pid = new TestDatabase(settings(server, "postgres")).serverProcess();
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
            Runnable end =
                    () -> {
                        process.descendants().forEach(ProcessHandle::destroyForcibly);
                        process.destroyForcibly();
                    };
            Runtime.getRuntime().addShutdownHook(new Thread(end, "end-test-postgres"));
        }
    }
}
