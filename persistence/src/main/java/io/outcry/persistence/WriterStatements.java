package io.outcry.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * The writer's prepared statements, each prepared once for its connection. Changes are gathered and
 * sent together, since a trip to the server costs as much as several of them. For one thread.
 */
final class WriterStatements {
    private record Change(String sql, int rowCount, List<Object> columns) {}

    private final Connection connection;
    private final PGConnection arrays;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();

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

    /** Binds columns (long[], short[], boolean[] or String[]) as the arrays that it unnests. */
    PreparedStatement prepare(String sql, Object... columns) throws SQLException {
        PreparedStatement statement = prepare(sql);
        bind(statement, 0, List.of(columns));
        return statement;
    }

    /** Gathers a statement that is to run once for all rows, and must change as many. */
    void change(String sql, int rowCount, Object... columns) {
        if (rowCount > 0) {
            changes.add(new Change(sql, rowCount, List.of(columns)));
        }
    }

    /** Runs what was gathered, in that order, in one trip. */
    void flush() throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        String sql = changes.stream().map(Change::sql).collect(Collectors.joining(";\n"));
        PreparedStatement statement = prepare(sql);
        int bound = 0;
        for (Change change : changes) {
            bind(statement, bound, change.columns());
            bound += change.columns().size();
        }
        statement.execute();
        for (Change change : changes) {
            requireCount(change, statement.getUpdateCount());
            statement.getMoreResults();
        }
        changes.clear();
    }

    private static void requireCount(Change change, int changed) {
        if (changed != change.rowCount()) {
            throw new IllegalStateException(
                    "changed "
                            + changed
                            + " rows instead of "
                            + change.rowCount()
                            + " by: "
                            + change.sql());
        }
    }

    private void bind(PreparedStatement statement, int after, List<Object> columns)
            throws SQLException {
        int parameter = after;
        for (Object column : columns) {
            parameter++;
            statement.setArray(parameter, arrays.createArrayOf(elementType(column), column));
        }
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
