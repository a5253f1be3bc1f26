package io.outcry.stores;

import io.outcry.persistence.PersistenceSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The indexes of the partitioned tables, put away while a large database is filled, and then made
 * at once, as the schema has them. For one thread.
 */
final class HistoryIndexes {
    private static final String DEFINITIONS =
            """
            SELECT format('ALTER TABLE %1$s DROP CONSTRAINT %2$I', conrelid::regclass, conname),
                format('ALTER TABLE %1$s ADD CONSTRAINT %2$I %3$s', conrelid::regclass, conname,
                    pg_get_constraintdef(c.oid))
            FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid
            WHERE relkind = 'p' AND contype = 'p'
            UNION ALL
            SELECT format('DROP INDEX %s', indexrelid::regclass),
                replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ')
            FROM pg_index JOIN pg_class t ON t.oid = indrelid
            WHERE relkind = 'p' AND NOT indisprimary
            """;

    private final PersistenceSettings database;
    private final List<String> definitions = new ArrayList<>();

    private HistoryIndexes(PersistenceSettings database) {
        this.database = database;
    }

    /** Takes them away from a database whose schema is in place. */
    static HistoryIndexes putAway(PersistenceSettings database) {
        HistoryIndexes indexes = new HistoryIndexes(database);
        List<String> drops = new ArrayList<>();
        indexes.run(
                statement -> {
                    try (ResultSet row = statement.executeQuery(DEFINITIONS)) {
                        while (row.next()) {
                            drops.add(row.getString(1));
                            indexes.definitions.add(row.getString(2));
                        }
                    }
                    for (String drop : drops) {
                        statement.execute(drop);
                    }
                });
        return indexes;
    }

    void make() {
        run(
                statement -> {
                    statement.execute("SET maintenance_work_mem = '512MB'");
                    for (String definition : definitions) {
                        statement.execute(definition);
                    }
                    statement.execute("VACUUM (ANALYZE)");
                });
    }

    private interface Work {
        void on(Statement statement) throws SQLException;
    }

    private void run(Work work) {
        try (Connection connection =
                        DriverManager.getConnection(
                                database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the indexes of history", e);
        }
    }
}
