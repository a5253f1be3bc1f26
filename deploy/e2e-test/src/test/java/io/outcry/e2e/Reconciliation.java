package io.outcry.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.event.Event;
import io.outcry.domain.event.Event.OrderAccepted;
import io.outcry.domain.order.ClientOrderId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares what the clients were told, what the engine's feed tells and what PostgreSQL holds, once
 * all is at rest.
 */
final class Reconciliation {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SHOWN = 10;

    private final Connection database;
    private final List<Event> events;

    private Reconciliation(Connection database, List<Event> events) {
        this.database = database;
        this.events = events;
    }

    /** Waits until the projection has come to the feed's end. */
    static Reconciliation atRest(Connection database, RecordedFeed feed) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () ->
                                feed.count() == feed.durable()
                                        && position(database) == feed.durable());
        assertThat(feed.failure()).isEmpty();
        return new Reconciliation(database, feed.until(feed.durable()));
    }

    void feedHasNoGap() {
        long timeNanos = 0;
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).sequence()).isEqualTo(i + 1L);
            assertThat(events.get(i).timeNanos()).isGreaterThanOrEqualTo(timeNanos);
            timeNanos = events.get(i).timeNanos();
        }
    }

    /** Every order acknowledged is there, once, and no other. */
    void ordersAreThoseAcknowledged(List<Trader> traders) {
        Map<String, List<Long>> accepted = acceptedByClientOrderId();
        Map<String, List<Long>> acknowledged = new HashMap<>();
        for (Trader trader : traders) {
            assertThat(trader.violations()).isEmpty();
            trader.acknowledged()
                    .forEach(
                            (id, order) ->
                                    acknowledged.put(
                                            trader.accountId() + " " + id, List.of(order)));
            trader.rejected()
                    .keySet()
                    .forEach(
                            id ->
                                    assertThat(accepted)
                                            .doesNotContainKey(trader.accountId() + " " + id));
        }
        assertSame("acknowledged orders", acknowledged, accepted);
    }

    private Map<String, List<Long>> acceptedByClientOrderId() {
        Map<String, List<Long>> accepted = new HashMap<>();
        for (Event event : events) {
            if (event instanceof OrderAccepted order) {
                ClientOrderId id = Objects.requireNonNull(order.terms().clientOrderId());
                accepted.computeIfAbsent(
                                order.terms().accountId().value() + " " + id.value(),
                                key -> new ArrayList<>())
                        .add(order.orderId().value());
            }
        }
        return accepted;
    }

    void databaseIsTheFeedsOutcome() throws SQLException {
        ExpectedState expected = ExpectedState.after(events);
        assertSame(
                "orders",
                expected.orders(),
                rows(
                        "SELECT order_id::text, concat_ws(' ', account_id, coalesce(client_order_id, '-'), quantity,"
                                + " filled_quantity, status) FROM orders"));
        assertSame(
                "trades",
                expected.trades(),
                rows(
                        "SELECT trade_id::text, concat_ws(' ', symbol, price, quantity, sequence) FROM trades"));
        assertSame(
                "cash",
                expected.cash(),
                rows(
                        "SELECT account_id || ' ' || currency, cash::text FROM cash_balances WHERE cash <> 0"));
        assertSame(
                "positions",
                expected.positions(),
                rows(
                        "SELECT account_id || ' ' || symbol, quantity::text FROM positions WHERE quantity <> 0"));
    }

    /** What went in is what is there, and both sides of each trade are on record. */
    void nothingIsCreatedOrLost() throws SQLException {
        assertThat(number("SELECT sum(cash) FROM cash_balances"))
                .isEqualTo(number("SELECT -sum(cash) FROM ledger WHERE account_id = -1"));
        assertThat(number("SELECT coalesce(sum(quantity), 0) FROM positions"))
                .isEqualTo(
                        number(
                                "SELECT -coalesce(sum(quantity), 0) FROM ledger WHERE account_id = -1"));
        assertThat(number("SELECT count(*) FROM fills"))
                .isEqualTo(2 * number("SELECT count(*) FROM trades"));
        assertThat(number("SELECT coalesce(sum(quantity), 0) FROM fills"))
                .isEqualTo(number("SELECT coalesce(sum(filled_quantity), 0) FROM orders"));
    }

    private static <T> void assertSame(
            String what, Map<String, T> expected, Map<String, T> actual) {
        List<String> differences = new ArrayList<>();
        expected.forEach((key, value) -> compare(key, value, actual.get(key), differences));
        actual.keySet().stream()
                .filter(key -> !expected.containsKey(key))
                .forEach(key -> differences.add(key + ": unexpected " + actual.get(key)));
        assertThat(differences.stream().limit(SHOWN).toList())
                .as("%s: %d of %d differ", what, differences.size(), expected.size())
                .isEmpty();
    }

    private static <T> void compare(String key, T expected, T actual, List<String> differences) {
        if (!expected.equals(actual)) {
            differences.add(key + ": expected " + expected + ", found " + actual);
        }
    }

    private Map<String, String> rows(String sql) throws SQLException {
        Map<String, String> rows = new HashMap<>();
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                assertThat(rows.put(result.getString(1), result.getString(2))).as(sql).isNull();
            }
        }
        return rows;
    }

    private long number(String sql) throws SQLException {
        return number(database, sql);
    }

    private static long position(Connection database) throws SQLException {
        return number(database, "SELECT sequence FROM projection_position");
    }

    private static long number(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
