package io.outcry.persistence;

import io.outcry.domain.account.AccountChange;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.InstrumentChange;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStep;
import io.outcry.domain.store.HistoryStore;
import io.outcry.domain.store.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Every query names the account or the symbol itself. Safe for use by many threads. */
final class PostgresHistoryStore implements HistoryStore {
    private static final String ORDER =
            "SELECT "
                    + OrderRows.COLUMNS
                    + " FROM orders WHERE account_id = :account AND order_id = :order";
    private static final String CHANGES =
            "SELECT change, time_nanos, sequence, quantity, price, stop_price, trail_amount"
                    + " FROM order_changes WHERE account_id = :account AND order_id = :order";
    private static final String CHANGES_BEFORE =
            CHANGES + " AND sequence < :before ORDER BY sequence DESC LIMIT :limit";
    private static final String CHANGE_BEHIND =
            CHANGES + " AND sequence >= :before ORDER BY sequence LIMIT 1";
    private static final String ACCOUNT =
            "SELECT account_id, sequence, time_nanos, change, short_limit, currency, credit_limit"
                    + " FROM account_history WHERE account_id = :account AND sequence < :before"
                    + " ORDER BY sequence DESC LIMIT :limit";
    private static final String INSTRUMENT =
            InstrumentRows.SELECT_CHANGES
                    + " WHERE h.symbol = :symbol AND h.sequence < :before"
                    + " ORDER BY h.sequence DESC LIMIT :limit";

    private final Database database;

    PostgresHistoryStore(Database database) {
        this.database = database;
    }

    /** In one transaction, so that order, changes and fills are of the same moment. */
    @Override
    public List<OrderStep> order(AccountId accountId, OrderId orderId, Page page) {
        return database.snapshot(
                "reading an order's life",
                handle ->
                        order(handle, accountId, orderId)
                                .map(order -> steps(handle, order, page))
                                .orElse(List.of()));
    }

    private static List<OrderStep> steps(Handle handle, Order order, Page page) {
        return OrderSteps.of(
                order,
                termsBefore(handle, order, page),
                changes(handle, order, page),
                fills(handle, order, page),
                page);
    }

    /** What the first change that the page does not have found, or what nothing changed since. */
    private static OrderStep.Terms termsBefore(Handle handle, Order order, Page page) {
        return bind(handle.createQuery(CHANGE_BEHIND), order, page)
                .map((row, context) -> readChange(row).terms())
                .findOne()
                .orElse(OrderSteps.terms(order.terms()));
    }

    private static Optional<Order> order(Handle handle, AccountId accountId, OrderId orderId) {
        return handle.createQuery(ORDER)
                .bind("account", accountId.value())
                .bind("order", orderId.value())
                .map((row, context) -> OrderRows.read(row))
                .findOne();
    }

    /** As stored: with the terms before each. */
    private static List<OrderStep.Changed> changes(Handle handle, Order order, Page page) {
        return bind(handle.createQuery(CHANGES_BEFORE), order, page)
                .bind("limit", page.limit())
                .map((row, context) -> readChange(row))
                .list();
    }

    private static OrderStep.Changed readChange(ResultSet row) throws SQLException {
        return new OrderStep.Changed(
                row.getLong(2),
                row.getLong(3),
                Codes.ORDER_CHANGE.of(row.getShort(1)),
                new OrderStep.Terms(
                        row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7)));
    }

    private static List<Fill> fills(Handle handle, Order order, Page page) {
        return bind(handle.createQuery(FillRows.SELECT_PAGE_OF_ORDER), order, page)
                .bind("limit", page.limit())
                .map((row, context) -> FillRows.read(row).fill())
                .list();
    }

    private static Query bind(Query query, Order order, Page page) {
        return query.bind("account", order.terms().accountId().value())
                .bind("order", order.id().value())
                .bind("before", page.beforeId());
    }

    @Override
    public List<AccountChange> account(AccountId accountId, Page page) {
        return database.query(
                "listing an account's history",
                handle ->
                        handle.createQuery(ACCOUNT)
                                .bind("account", accountId.value())
                                .bind("before", page.beforeId())
                                .bind("limit", page.limit())
                                .map((row, context) -> readAccountChange(row))
                                .list());
    }

    private static AccountChange readAccountChange(ResultSet row) throws SQLException {
        String currency = row.getString(6);
        return new AccountChange(
                new AccountId(row.getLong(1)),
                row.getLong(2),
                row.getLong(3),
                Codes.ACCOUNT_CHANGE.of(row.getShort(4)),
                row.getObject(5, Long.class),
                currency == null ? null : new Currency(currency),
                row.getObject(7, Long.class));
    }

    @Override
    public List<InstrumentChange> instrument(Symbol symbol, Page page) {
        return database.query(
                "listing an instrument's history",
                handle ->
                        handle.createQuery(INSTRUMENT)
                                .bind("symbol", symbol.value())
                                .bind("before", page.beforeId())
                                .bind("limit", page.limit())
                                .map((row, context) -> InstrumentRows.readChange(row))
                                .list());
    }
}
