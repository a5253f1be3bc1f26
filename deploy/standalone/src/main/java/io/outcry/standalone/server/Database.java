package io.outcry.standalone.server;

import io.outcry.standalone.process.Probe;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How the database is reached.
 *
 * @param url JDBC address
 * @param passwordVariable {@code DATABASE_PASSWORD} or {@code DATABASE_PASSWORD_FILE}, as the
 *     replicas get it
 * @param passwordValue that variable's value
 */
public record Database(
        String url, String user, String password, String passwordVariable, String passwordValue) {
    private static final String LIMIT_SECONDS = "2";

    /** The variables that tell a replica all this. */
    Map<String, String> environment() {
        return Map.of("DATABASE_URL", url, "DATABASE_USER", user, passwordVariable, passwordValue);
    }

    /** Ready when a query is answered. */
    public Probe probe() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", LIMIT_SECONDS);
        properties.setProperty("socketTimeout", LIMIT_SECONDS);
        properties.setProperty("loginTimeout", LIMIT_SECONDS);
        return () -> {
            try (Connection connection = DriverManager.getConnection(url, properties);
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
                return Optional.empty();
            } catch (SQLException e) {
                return Optional.of(e.getMessage() == null ? e.getSQLState() : e.getMessage());
            }
        };
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
