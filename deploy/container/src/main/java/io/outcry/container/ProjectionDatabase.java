package io.outcry.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/**
 * The database that events are projected into, by the variables that a replica knows it by.
 *
 * @param limit how long to wait until it can be asked
 */
record ProjectionDatabase(String url, String user, String password, Duration limit) {
    private static final long RETRY_MS = 500;

    static ProjectionDatabase from(Map<String, String> environment, Duration limit)
            throws IOException {
        String file = environment.get("DATABASE_PASSWORD_FILE");
        String password =
                file == null
                        ? environment.getOrDefault("DATABASE_PASSWORD", "")
                        : Files.readString(Path.of(file)).strip();
        return new ProjectionDatabase(
                required(environment, "DATABASE_URL"),
                required(environment, "DATABASE_USER"),
                password,
                limit);
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is required");
        }
        return value;
    }

    /** The last event in it; 0: there was never one. */
    long position() throws SQLException, InterruptedException {
        long endNanos = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return ask();
            } catch (SQLException e) {
                if (System.nanoTime() >= endNanos) {
                    throw e;
                }
                Thread.sleep(RETRY_MS);
            }
        }
    }

    private long ask() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                return 0;
            }
            try (ResultSet row =
                    statement.executeQuery("SELECT max(sequence) FROM projection_position")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT to_regclass('projection_position') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Override
    public String toString() {
        return "ProjectionDatabase[" + url + ", " + user + "]";
    }
}
