package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.store.OrderFilter;
import io.outcry.domain.store.Page;
import io.outcry.domain.store.Projection.Leadership;
import io.outcry.domain.store.StatementStore.Format;
import io.outcry.domain.store.StatementStore.Period;
import io.outcry.domain.store.StatementStore.Subject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No query of the stores reads a growing table from end to end. Where an index can be used it is
 * used here, however small the tables; PostgreSQL counts the scans that could not.
 */
class QueryPlanTest {
    private static final AccountId ME = new AccountId(3);
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Page PAGE = new Page(5_000, 50);
    private static final String SCANS =
            "SELECT relname FROM pg_stat_user_tables WHERE seq_scan > 0 AND relname ~"
                    + " '^(open_orders|closed_orders|order_changes|fills|trades|postings|candles"
                    + "|positions|cash_balances|accounts|account_history|instrument_history)'";
    private static final String PLANS =
            "SELECT generic_plans || ' made once, ' || custom_plans || ' made anew'"
                    + " FROM pg_prepared_statements WHERE statement LIKE :wanted";
    private static final String FETCHED =
            "SELECT coalesce(sum(idx_tup_fetch), 0) FROM pg_stat_user_tables";

    /** A connection that has ended has told what it read. */
    private static final String CONNECTIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name LIKE 'outcry%'";

    /** How many rows each page of history has, as the planner believes from then on. */
    private static final String BELIEVE =
            "UPDATE pg_class SET relpages = 1, reltuples = :rows"
                    + " WHERE relname ~ '^(fills|trades|postings)_from_[0-9]+$'";

    private static final String INDEX_SCANS =
            "SELECT coalesce(sum(idx_scan), 0) FROM pg_stat_user_tables";

    @Test
    void everyQueryOfTheStoresRunsOnAnIndex() {
        TestDatabase database = TestDatabase.migrated();
        EventFlow flow = new EventFlow(71);
        PersistenceSettings settings = database.settings().withSegmentEvents(2_000);
        try (Persistence persistence = Persistence.open(settings);
                Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(flow.take(3_000));
            leadership.write(flow.take(3_000));
        }
        database.execute("ANALYZE");
        database.execute(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET enable_seqscan = off',"
                        + " current_database()); END $$");
        database.execute("SELECT pg_stat_reset()");
        try (Persistence persistence = Persistence.open(settings)) {
            read(persistence);
        }
        await().until(() -> database.number(INDEX_SCANS) > 20);
        assertThat(database.rows(SCANS)).isEmpty();
    }

    @Test
    void aQueryIsPlannedOnceOnAConnection() {
        try (Database database =
                new Database(onOneConnection(TestDatabase.migrated().settings()))) {
            PostgresOrderStore orders = new PostgresOrderStore(database);
            OrderFilter all = new OrderFilter(Set.of(), null);
            for (int i = 0; i < 3; i++) {
                assertThat(orders.list(ME, all, PAGE)).isEmpty();
            }
            String plans =
                    database.query(
                            "counting plans",
                            handle ->
                                    handle.createQuery(PLANS)
                                            .bind("wanted", "% FROM orders %")
                                            .mapTo(String.class)
                                            .one());
            assertThat(plans).isEqualTo("3 made once, 0 made anew");
        }
    }

    /**
     * Whoever has a million rows waits for a page no longer than who has a hundred, whatever the
     * plan was made for.
     */
    @ParameterizedTest
    @CsvSource({"3, 1", "3, 1000000", "0, 1", "0, 1000000"})
    void aPageOfTheLedgerReadsNoMoreRowsThanItHas(long account, long rowsOfAPage) {
        TestDatabase testDatabase = TestDatabase.migrated();
        PersistenceSettings settings = testDatabase.settings().withSegmentEvents(2_000);
        try (Persistence persistence = Persistence.open(settings);
                Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(new EventFlow(71).take(6_000));
        }
        testDatabase.execute("ANALYZE");
        testDatabase.execute(BELIEVE.replace(":rows", Long.toString(rowsOfAPage)));
        await().until(() -> testDatabase.number(CONNECTIONS) == 0);
        testDatabase.execute("SELECT pg_stat_reset()");
        try (Database database = new Database(onOneConnection(settings))) {
            PostgresLedgerStore ledger = new PostgresLedgerStore(database);
            assertThat(ledger.entries(new AccountId(account), Page.first(5))).hasSize(5);
        }
        await().until(() -> testDatabase.number(CONNECTIONS) == 0);
        assertThat(testDatabase.number(FETCHED)).isBetween(5L, 50L);
    }

    private static PersistenceSettings onOneConnection(PersistenceSettings settings) {
        return new PersistenceSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                settings.owner(),
                1,
                settings.connectTimeout(),
                settings.socketTimeout(),
                settings.segmentEvents());
    }

    private static void read(Persistence stores) {
        OrderFilter all = new OrderFilter(Set.of(), null);
        OrderId order = new OrderId(100);
        stores.orders().find(ME, order);
        stores.orders().find(ME, new ClientOrderId("c-1"));
        List<Order> found = stores.orders().list(ME, all, PAGE);
        stores.orders().list(ME, new OrderFilter(Set.of(OrderStatus.CANCELED), AAPL), PAGE);
        stores.orders().list(ME, new OrderFilter(Set.of(OrderStatus.NEW), null), PAGE);
        stores.orders().fills(ME, order, PAGE);
        stores.orders().fills(ME, found);
        stores.orders().fills(ME, PAGE);
        stores.history().order(ME, order, PAGE);
        stores.history().account(ME, PAGE);
        stores.history().instrument(AAPL, PAGE);
        stores.ledger().entries(ME, PAGE);
        stores.ledger().entries(AccountId.HOUSE, PAGE);
        for (Subject subject : Subject.values()) {
            writeStatement(stores, subject);
        }
        stores.accounts().find(ME);
        stores.accounts().positions(ME);
        stores.market().trades(AAPL, PAGE);
        for (CandleInterval interval : CandleInterval.values()) {
            stores.market().candles(AAPL, interval, Page.first(50));
        }
        try (Leadership leadership = stores.projection().tryLead().orElseThrow()) {
            leadership.market().openOrders(open -> {});
            leadership.market().lastTrades(10);
            leadership.market().candles(CandleInterval.ONE_MINUTE, 0);
        }
    }

    private static void writeStatement(Persistence stores, Subject subject) {
        try {
            OutputStream out = OutputStream.nullOutputStream();
            stores.statements().write(ME, subject, Period.ALWAYS, Format.CSV, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
