package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.Side;
import io.outcry.domain.store.OrderFilter;
import io.outcry.domain.store.Page;
import io.outcry.domain.store.Projection.Leadership;
import io.outcry.domain.store.StatementStore.Format;
import io.outcry.domain.store.StatementStore.Period;
import io.outcry.domain.store.StatementStore.Subject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No query of the stores reads a growing table from end to end. Where an index can be used it is
 * used here, however small the tables; PostgreSQL counts the scans that could not.
 */
class QueryPlanTest {
    private static final AccountId ME = new AccountId(3);
    private static final AccountId OTHER = new AccountId(4);
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Symbol MSFT = new Symbol("MSFT");
    private static final Page PAGE = new Page(5_000, 50);
    private static final String SCANS =
            "SELECT relname FROM pg_stat_user_tables WHERE seq_scan > 0 AND relname ~"
                    + " '^(open_orders|closed_orders|order_changes|fills|trades|postings|candles"
                    + "|positions|cash_balances|accounts|account_history|instrument_history)'";
    private static final String PLANS =
            "SELECT generic_plans || ' made once, ' || custom_plans || ' made anew'"
                    + " FROM pg_prepared_statements WHERE statement LIKE :wanted";

    /** How many rows each page of history has, as the planner believes from then on. */
    private static final String BELIEVE =
            "UPDATE pg_class SET relpages = 1, reltuples = :rows"
                    + " WHERE relname ~ '^(closed_orders|fills|trades|postings)_from_[0-9]+$'";

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
                new Database(
                        onOneConnection(TestDatabase.migrated().settings()), Persistence.UNHEARD)) {
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
        long read =
                testDatabase.rowsReadBy(
                        () -> {
                            try (Database database =
                                    new Database(onOneConnection(settings), Persistence.UNHEARD)) {
                                PostgresLedgerStore ledger = new PostgresLedgerStore(database);
                                Page page = Page.first(5);
                                assertThat(ledger.entries(new AccountId(account), page)).hasSize(5);
                            }
                        });
        assertThat(read).isBetween(5L, 50L);
    }

    /** As above, of the few orders that were not filled among many that were. */
    @ParameterizedTest
    @CsvSource({
        "CANCELED, 5, 1",
        "CANCELED, 5, 1000000",
        "CANCELED EXPIRED, 5, 1",
        "CANCELED EXPIRED, 5, 1000000",
        "NEW CANCELED, 6, 1",
        "NEW CANCELED, 6, 1000000",
        "EXPIRED, 0, 1"
    })
    void aPageOfOrdersThatWereNotFilledWalksNoneThatWere(
            String statuses, int found, long rowsOfAPage) {
        OrderFilter filter = new OrderFilter(named(statuses), null);
        assertThat(rowsReadListing(filter, mostlyFilled(), found, rowsOfAPage))
                .isBetween((long) found, 20L);
    }

    /** The orders of other symbols that were not filled may be as many. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void aPageOfCanceledOrdersOfASymbolWalksNoneOfAnother(long rowsOfAPage) {
        OrderFilter filter = new OrderFilter(Set.of(OrderStatus.CANCELED), MSFT);
        assertThat(rowsReadListing(filter, mostlyCanceled(), 5, rowsOfAPage)).isBetween(5L, 20L);
    }

    private static long rowsReadListing(
            OrderFilter filter, List<Event> events, int found, long rowsOfAPage) {
        TestDatabase testDatabase = TestDatabase.migrated();
        PersistenceSettings settings = testDatabase.settings().withSegmentEvents(2_000);
        try (Persistence persistence = Persistence.open(settings);
                Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            leadership.write(events);
        }
        testDatabase.execute(BELIEVE.replace(":rows", Long.toString(rowsOfAPage)));
        return testDatabase.rowsReadBy(
                () -> {
                    try (Database database =
                            new Database(onOneConnection(settings), Persistence.UNHEARD)) {
                        PostgresOrderStore orders = new PostgresOrderStore(database);
                        assertThat(orders.list(ME, filter, PAGE)).hasSize(found);
                    }
                });
    }

    private static Set<OrderStatus> named(String statuses) {
        return Arrays.stream(statuses.split(" "))
                .map(OrderStatus::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Of an account: five canceled orders, then a thousand that were filled, and one open. */
    private static List<Event> mostlyFilled() {
        Script script = new Script().instrument(AAPL).account(ME).account(OTHER);
        cancel(script, AAPL, 5);
        for (int i = 0; i < 1_000; i++) {
            OrderId bid = script.limit(ME, AAPL, Side.BUY, 1, 100, null);
            script.trade(bid, script.limit(OTHER, AAPL, Side.SELL, 1, 100, null), 1);
        }
        script.limit(ME, AAPL, Side.BUY, 1, 100, null);
        return script.take();
    }

    private static List<Event> mostlyCanceled() {
        Script script = new Script().instrument(AAPL).instrument(MSFT).account(ME);
        cancel(script, MSFT, 5);
        cancel(script, AAPL, 1_000);
        return script.take();
    }

    private static void cancel(Script script, Symbol symbol, int orders) {
        for (int i = 0; i < orders; i++) {
            script.cancel(script.limit(ME, symbol, Side.BUY, 1, 100, null));
        }
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
