package io.outcry.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own on a real PostgreSQL server that all tests of this JVM share. Safe for use
 * by many threads.
 */
final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final PersistenceSettings settings;

    private TestDatabase(PersistenceSettings settings) {
        this.settings = settings;
    }

    /** Empty, without even a schema. */
    static TestDatabase create() {
        return create(Shared.SERVER);
    }

    static TestDatabase create(EmbeddedPostgres server) {
        String name = "test" + COUNT.incrementAndGet();
        TestDatabase postgres = new TestDatabase(settings(server, "postgres"));
        postgres.execute("CREATE DATABASE " + name);
        return new TestDatabase(settings(server, name));
    }

    /** With the schema in place. */
    static TestDatabase migrated() {
        TestDatabase database = create();
        try (Persistence persistence = database.open()) {
            persistence.migrate();
        }
        return database;
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
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    private static final class Shared {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "60")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
