package io.outcry.persistence;

import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.engine.EventFeed;
import io.outcry.domain.event.Event;
import io.outcry.domain.store.AccountStateStore;
import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.ApiKeyStore;
import io.outcry.domain.store.AuditLog;
import io.outcry.domain.store.HistoryStore;
import io.outcry.domain.store.InstrumentStore;
import io.outcry.domain.store.LedgerStore;
import io.outcry.domain.store.MarketState;
import io.outcry.domain.store.MarketStore;
import io.outcry.domain.store.OrderStore;
import io.outcry.domain.store.Projection;
import io.outcry.domain.store.ProjectionFollower;
import io.outcry.domain.store.SecondFactorStore;
import io.outcry.domain.store.SessionStore;
import io.outcry.domain.store.StatementStore;
import io.outcry.domain.store.StoreUnavailableException;
import io.outcry.domain.store.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The stores in one PostgreSQL database. Safe for use by many threads. Closing it closes every
 * connection that it opened.
 */
public final class Persistence implements AutoCloseable {
    /** For who does not listen. */
    static final Times UNHEARD = new NobodyListens();

    private final Database database;
    private final UserStore users;
    private final SessionStore sessions;
    private final ApiKeyStore apiKeys;
    private final SecondFactorStore secondFactors;
    private final AuditLog audit;
    private final OrderStore orders;
    private final AccountStore accounts;
    private final AccountStateStore accountStates;
    private final InstrumentStore instruments;
    private final LedgerStore ledger;
    private final HistoryStore history;
    private final MarketStore market;
    private final Projection projection;
    private final StatementStore statements;
    private final Upkeep upkeep;
    private final ProjectionWatch watch;

    private Persistence(Database database, PersistenceSettings settings) {
        this.database = database;
        this.users = new PostgresUserStore(database);
        this.sessions = new PostgresSessionStore(database);
        this.apiKeys = new PostgresApiKeyStore(database);
        this.secondFactors = new PostgresSecondFactorStore(database);
        this.audit = new PostgresAuditLog(database);
        this.orders = new PostgresOrderStore(database);
        this.accounts = new PostgresAccountStore(database);
        this.accountStates = new PostgresAccountStateStore(database);
        this.instruments = new PostgresInstrumentStore(database);
        this.ledger = new PostgresLedgerStore(database);
        this.history = new PostgresHistoryStore(database);
        this.market = new PostgresMarketStore(database);
        this.statements = new PostgresStatementStore(database);
        this.upkeep = new Upkeep(database);
        this.projection = new PostgresProjection(database, settings.segmentEvents());
        this.watch = new ProjectionWatch(projection);
    }

    /**
     * Hears how long the database took, on the threads that have waited for it, which it must not
     * hold up. Safe for use by many threads.
     */
    public interface Times {
        /** For a connection of the pool, in vain too. */
        void waited(long nanos);

        /**
         * For what was asked, with the wait for a connection, in vain too.
         *
         * @param what one of some fifty texts, such as "listing orders"
         */
        void queried(String what, long nanos);

        /** For one batch of the projection, which is committed. */
        void wrote(long nanos);
    }

    /** Does not wait for the database, which may come up later. */
    public static Persistence open(PersistenceSettings settings) {
        return open(settings, UNHEARD);
    }

    /** The same with somebody who hears how long the database takes. */
    public static Persistence open(PersistenceSettings settings, Times times) {
        return new Persistence(new Database(settings, times), settings);
    }

    private static final class NobodyListens implements Times {
        @Override
        public void waited(long nanos) {}

        @Override
        public void queried(String what, long nanos) {}

        @Override
        public void wrote(long nanos) {}
    }

    /**
     * Creates the schema or brings it up to date. Many may do it at once.
     *
     * @throws StoreUnavailableException when the database does not answer: try again later
     */
    public void migrate() {
        database.migrate();
    }

    public UserStore users() {
        return users;
    }

    /** Who is signed in. */
    public SessionStore sessions() {
        return sessions;
    }

    /** Keys of programs. */
    public ApiKeyStore apiKeys() {
        return apiKeys;
    }

    /** Second factors of users. */
    public SecondFactorStore secondFactors() {
        return secondFactors;
    }

    /** Who did what. */
    public AuditLog audit() {
        return audit;
    }

    public OrderStore orders() {
        return orders;
    }

    public AccountStore accounts() {
        return accounts;
    }

    /** Accounts as of one sequence. */
    public AccountStateStore accountStates() {
        return accountStates;
    }

    public InstrumentStore instruments() {
        return instruments;
    }

    /** Every change of every balance. */
    public LedgerStore ledger() {
        return ledger;
    }

    /** Steps of orders, changes of accounts and instruments. */
    public HistoryStore history() {
        return history;
    }

    /** Trades and candles of all time. */
    public MarketStore market() {
        return market;
    }

    /** What happened in an account in a period, as CSV or JSON. */
    public StatementStore statements() {
        return statements;
    }

    /**
     * Starts to drop history, by whole partitions, once it is older than that.
     *
     * @param retention above 0
     */
    public HistoryKeeper keepHistory(Duration retention, Clock clock) {
        return HistoryKeeper.start(upkeep, retention, clock);
    }

    /** To check the projection, build it anew, or let go of old history. */
    public Upkeep upkeep() {
        return upkeep;
    }

    public Projection projection() {
        return projection;
    }

    /** For readers who must see what they know to have happened. */
    public ProjectionWatch watch() {
        return watch;
    }

    /**
     * Starts to take part in writing the projection. To be closed before this.
     *
     * @param follower sees what is written while this replica writes
     */
    public Projector project(EventFeed feed, ProjectionFollower follower) {
        return Projector.start(projection, feed, watch, follower, Projector.Settings.DEFAULT);
    }

    /** Starts to take part in writing the projection, with nobody to follow it. */
    public Projector project(EventFeed feed) {
        return project(feed, new NoFollower());
    }

    private static final class NoFollower implements ProjectionFollower {
        @Override
        public void leading(MarketState market) {}

        @Override
        public void written(List<Event> events, List<LedgerEntry> booked) {}

        @Override
        public void resigned() {}
    }

    /** Closes the pool; what its threads still wait for fails. */
    @Override
    public void close() {
        database.close();
    }
}
