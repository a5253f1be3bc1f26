package io.outcry.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import io.outcry.domain.store.StoreUnavailableException;
import io.outcry.persistence.PersistenceSettings.Owner;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The way to PostgreSQL: a pool for queries, and connections outside of it for a writer. A server
 * that is down, frozen or unreachable shows as {@link StoreUnavailableException}, soon. Safe for
 * use by many threads.
 */
final class Database implements AutoCloseable {
    /** Compiling a plan to machine code costs more than any query here. */
    private static final String UPKEEP_OPTIONS = "-c jit=off";

    /**
     * Each statement is planned once on a connection: planning a query over history, partition by
     * partition, costs several times what running it does. The plan does not know how large a page
     * is, nor how large its tables become, nor whose rows they are: only index lookups, in the
     * order of the index, are right for every size. Partitions that cannot have the rows are left
     * out when it runs.
     */
    private static final String POOL_OPTIONS =
            UPKEEP_OPTIONS
                    + " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
                    + " -c enable_bitmapscan=off -c enable_sort=off";

    /**
     * The writer's statements are made of arrays whose size the planner cannot know: they too are
     * looked up one by one. Commits do not wait for the disk: what a crash takes away it takes
     * together with the position, and the feed has it still. A vanished writer is noticed by the
     * server within seconds, since it holds the place of the only one, and so is one that is
     * frozen: a writer at work commits once a second.
     */
    private static final String WRITER_OPTIONS =
            POOL_OPTIONS
                    + " -c synchronous_commit=off -c enable_hashjoin=off -c enable_mergejoin=off"
                    + " -c tcp_keepalives_idle=2"
                    + " -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3"
                    + " -c tcp_user_timeout=5000 -c idle_in_transaction_session_timeout=10000"
                    + " -c idle_session_timeout=15000";

    /** First half of every advisory lock's key of ours: "outc". */
    static final int LOCK_CLASS = 0x6f757463;

    private static final String MIGRATION_LOCK = LOCK_CLASS + ", 0";

    private static final int MIN_IDLE = 2;

    private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(10);

    private final PersistenceSettings settings;
    private final Persistence.Times times;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    Database(PersistenceSettings settings, Persistence.Times times) {
        this.settings = settings;
        this.times = times;
        this.pool = new HikariDataSource(poolConfig(settings, times));
        this.jdbi = Jdbi.create(pool);
    }

    private static HikariConfig poolConfig(PersistenceSettings settings, Persistence.Times times) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("outcry-persistence");
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(driverProperties(settings, POOL_OPTIONS));
        config.setMaximumPoolSize(settings.poolSize());
        // Each connection's sign-in costs thousands of hashes, which a client that starts has not
        // yet compiled: no more of them at start than it needs.
        config.setMinimumIdle(Math.min(MIN_IDLE, settings.poolSize()));
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setValidationTimeout(250);
        // The database may come up later than its client.
        config.setInitializationFailTimeout(-1);
        config.setMetricsTrackerFactory((pool, stats) -> new ConnectionWaits(times));
        return config;
    }

    /** Passes on of what Hikari measures how long was waited for a connection. */
    private record ConnectionWaits(Persistence.Times times) implements IMetricsTracker {
        @Override
        public void recordConnectionAcquiredNanos(long nanos) {
            times.waited(nanos);
        }
    }

    /** Who hears how long it all takes. */
    Persistence.Times times() {
        return times;
    }

    private static Properties driverProperties(PersistenceSettings settings, String options) {
        long connectSeconds = Math.max(1, settings.connectTimeout().toSeconds());
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", "outcry");
        properties.setProperty("options", options);
        properties.setProperty("connectTimeout", Long.toString(connectSeconds));
        properties.setProperty("loginTimeout", Long.toString(connectSeconds + 1));
        properties.setProperty(
                "socketTimeout", Long.toString(settings.socketTimeout().toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        // From a statement's first run on: a statement that is not prepared is planned anew.
        properties.setProperty("prepareThreshold", "1");
        return properties;
    }

    /**
     * Brings the schema up to date. Many may try at once: one does it, the others wait, at a lock
     * of ours, since Flyway's own does not cover the making of its history table. With an owner of
     * its own the schema's tables may then be read and written by the settings' user.
     */
    void migrate() {
        Owner owner = settings.ownerOrUser();
        try (Connection lock =
                        connect(owner, "outcry-migration", MIGRATION_TIMEOUT, UPKEEP_OPTIONS);
                Statement statement = lock.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + MIGRATION_LOCK + ")");
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(settings.url(), owner.user(), owner.password())
                    .locations("classpath:io/outcry/persistence/migration")
                    .table("outcry_schema_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
            if (!owner.user().equals(settings.user())) {
                RuntimeRole.grant(lock, settings.user());
            }
        } catch (SQLException e) {
            throw translated("migrating the database", e);
        } catch (FlywayException e) {
            throw translated("migrating the database", e);
        }
    }

    /** Runs queries on one connection, each its own transaction. */
    <T> T query(String what, HandleCallback<T, RuntimeException> queries) {
        long startNanos = System.nanoTime();
        try {
            return jdbi.withHandle(queries);
        } catch (JdbiException e) {
            throw translated(what, e);
        } finally {
            times.queried(what, System.nanoTime() - startNanos);
        }
    }

    /** Runs queries on one connection, all of which see the same moment. */
    <T> T snapshot(String what, HandleCallback<T, RuntimeException> queries) {
        long startNanos = System.nanoTime();
        try {
            return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, queries);
        } catch (JdbiException e) {
            throw translated(what, e);
        } finally {
            times.queried(what, System.nanoTime() - startNanos);
        }
    }

    /** A connection outside of the pool, for a writer that lasts. The caller closes it. */
    Connection connectWriter() throws SQLException {
        return connect(user(), "outcry-projection", settings.socketTimeout(), WRITER_OPTIONS);
    }

    /**
     * A connection outside of the pool, for the schema's owner and for work that takes its time.
     * The caller closes it.
     */
    Connection connectUpkeep(Duration socketTimeout) throws SQLException {
        return connect(settings.ownerOrUser(), "outcry-upkeep", socketTimeout, UPKEEP_OPTIONS);
    }

    private Owner user() {
        return new Owner(settings.user(), settings.password());
    }

    private Connection connect(Owner as, String name, Duration socketTimeout, String options)
            throws SQLException {
        Properties properties = driverProperties(settings, options);
        properties.setProperty("user", as.user());
        properties.setProperty("password", as.password());
        properties.setProperty("ApplicationName", name);
        properties.setProperty("socketTimeout", Long.toString(socketTimeout.toSeconds()));
        return DriverManager.getConnection(settings.url(), properties);
    }

    @Override
    public void close() {
        pool.close();
    }

    /** The exception to throw instead: unavailability by its own type, all else as it is. */
    static RuntimeException translated(String what, RuntimeException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && unavailable(sql)) {
                return new StoreUnavailableException(what + ": the database is unavailable", e);
            }
        }
        return e;
    }

    static RuntimeException translated(String what, SQLException e) {
        return unavailable(e)
                ? new StoreUnavailableException(what + ": the database is unavailable", e)
                : new IllegalStateException(what + " failed", e);
    }

    /**
     * By SQLSTATE class: 08 connection, 53 out of resources, 57 operator intervention, 58 system
     * error; 25006: the server takes no writes, it is a standby.
     */
    private static boolean unavailable(SQLException e) {
        String state = e.getSQLState();
        if (state == null) {
            return e instanceof SQLTransientException;
        }
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08", "53", "57", "58" -> true;
            default -> state.equals("25006");
        };
    }
}
