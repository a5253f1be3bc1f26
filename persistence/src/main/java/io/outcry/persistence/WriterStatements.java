package io.outcry.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.PGConnection;

/** The writer's prepared statements, each prepared once for its connection. For one thread. */
final class WriterStatements {
    private final Connection connection;
    private final PGConnection arrays;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    WriterStatements(Connection connection) throws SQLException {
        this.connection = connection;
        this.arrays = connection.unwrap(PGConnection.class);
    }

    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** Binds columns (long[], short[], boolean[] or String[]) as the arrays it unnests. */
    PreparedStatement prepare(String sql, Object... columns) throws SQLException {
        PreparedStatement statement = prepare(sql);
        for (int i = 0; i < columns.length; i++) {
            String type = elementType(columns[i]);
            statement.setArray(i + 1, arrays.createArrayOf(type, columns[i]));
        }
        return statement;
    }

    private static String elementType(Object column) {
        if (column instanceof long[]) {
            return "int8";
        }
        if (column instanceof short[]) {
            return "int2";
        }
        if (column instanceof boolean[]) {
            return "bool";
        }
        if (column instanceof String[]) {
            return "text";
        }
        throw new IllegalArgumentException("no array type for " + column.getClass());
    }
}
