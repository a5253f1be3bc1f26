package io.outcry.persistence;

import io.outcry.domain.store.Projection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The one writer is who holds an advisory lock, which PostgreSQL frees when the session that took
 * it ends; that same session writes, so who can write is who holds the lock. Safe for use by many
 * threads.
 */
final class PostgresProjection implements Projection {
    /** The schema's own, so that two venues can share a database. */
    private static final String LOCK_IS_FREE =
            "SELECT NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
                    + " AND database = (SELECT oid FROM pg_database"
                    + " WHERE datname = current_database())"
                    + " AND classid = "
                    + Database.LOCK_CLASS
                    + " AND objid::bigint = hashtext(current_schema())::bigint & 4294967295"
                    + " AND objsubid = 2)";

    private static final String TRY_LOCK =
            "SELECT pg_try_advisory_lock(" + Database.LOCK_CLASS + ", hashtext(current_schema()))";

    private final Database database;
    private final long segmentEvents;

    PostgresProjection(Database database, long segmentEvents) {
        this.database = database;
        this.segmentEvents = segmentEvents;
    }

    @Override
    public long position() {
        return database.query("reading the projection's position", PostgresProjection::position);
    }

    static long position(Handle handle) {
        return handle.createQuery("SELECT sequence FROM projection_position")
                .mapTo(Long.class)
                .one();
    }

    /** Asks through the pool first: a connection of its own is opened only for a free place. */
    @Override
    public Optional<Leadership> tryLead() {
        boolean free =
                database.query(
                        "looking for the projection's writer",
                        handle -> handle.createQuery(LOCK_IS_FREE).mapTo(Boolean.class).one());
        if (!free) {
            return Optional.empty();
        }
        try {
            return lock(database.connectWriter());
        } catch (SQLException e) {
            throw Database.translated("becoming the projection's writer", e);
        }
    }

    private Optional<Leadership> lock(Connection connection) throws SQLException {
        boolean keep = false;
        try {
            connection.setAutoCommit(true);
            if (!locked(connection)) {
                return Optional.empty();
            }
            Leadership leadership =
                    new PostgresLeadership(connection, segmentEvents, database.times());
            keep = true;
            return Optional.of(leadership);
        } finally {
            if (!keep) {
                connection.close();
            }
        }
    }

    private static boolean locked(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(TRY_LOCK);
                ResultSet row = lock.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
