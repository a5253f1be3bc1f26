package io.outcry.persistence;

import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.InstrumentStore;
import io.outcry.domain.store.OrderStore;
import io.outcry.domain.store.Projection;
import io.outcry.domain.store.StoreUnavailableException;
import io.outcry.domain.store.UserStore;

/**
 * The stores in one PostgreSQL database. Safe for use by many threads. Closing it closes every
 * connection that it opened.
 */
public final class Persistence implements AutoCloseable {
    private final Database database;
    private final UserStore users;
    private final OrderStore orders;
    private final AccountStore accounts;
    private final InstrumentStore instruments;
    private final Projection projection;

    private Persistence(Database database) {
        this.database = database;
        this.users = new PostgresUserStore(database);
        this.orders = new PostgresOrderStore(database);
        this.accounts = new PostgresAccountStore(database);
        this.instruments = new PostgresInstrumentStore(database);
        this.projection = new PostgresProjection(database);
    }

    /** Does not wait for the database, which may come up later. */
    public static Persistence open(PersistenceSettings settings) {
        return new Persistence(new Database(settings));
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

    public OrderStore orders() {
        return orders;
    }

    public AccountStore accounts() {
        return accounts;
    }

    public InstrumentStore instruments() {
        return instruments;
    }

    public Projection projection() {
        return projection;
    }

    @Override
    public void close() {
        database.close();
    }
}
