package io.outcry.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What the role that serves and projects may do: read and write rows, and begin a range of history,
 * but neither make, alter, empty nor drop a table. Given by the schema's owner. No state.
 */
final class RuntimeRole {
    /** Of the connection's schema, which is quoted in the statements as is the role. */
    private static final String SCHEMA_AND_ROLE =
            "SELECT quote_ident(current_schema()), quote_ident(?)";

    private static final List<String> GRANTS =
            List.of(
                    "GRANT USAGE ON SCHEMA %1$s TO %2$s",
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %1$s TO %2$s",
                    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA %1$s TO %2$s",
                    "GRANT EXECUTE ON FUNCTION begin_history_segment(bigint, bigint, bigint) TO %2$s",
                    "REVOKE INSERT, UPDATE, DELETE ON outcry_schema_history FROM %2$s");

    private RuntimeRole() {}

    static void grant(Connection owner, String role) throws SQLException {
        try (PreparedStatement names = owner.prepareStatement(SCHEMA_AND_ROLE)) {
            names.setString(1, role);
            try (ResultSet row = names.executeQuery();
                    Statement grant = owner.createStatement()) {
                row.next();
                for (String statement : GRANTS) {
                    grant.execute(String.format(statement, row.getString(1), row.getString(2)));
                }
            }
        }
    }
}
