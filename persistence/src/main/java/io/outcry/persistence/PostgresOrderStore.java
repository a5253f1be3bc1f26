package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.store.AccountFill;
import io.outcry.domain.store.OrderFilter;
import io.outcry.domain.store.OrderStore;
import io.outcry.domain.store.Page;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Every query names the account itself. Safe for use by many threads. */
final class PostgresOrderStore implements OrderStore {
    private static final String SELECT_ORDERS = "SELECT " + OrderRows.COLUMNS + " FROM ";
    private static final String SELECT_FILLS = "SELECT " + FillRows.COLUMNS + " FROM fills";
    private static final String NOT_FILLED =
            " AND status <> " + Codes.ORDER_STATUS.of(OrderStatus.FILLED);

    /**
     * As {@link FillRows#SELECT_PAGE_OF_ORDER}, in those partitions alone that can have them, and
     * of each order the newest.
     */
    private static final String SELECT_OF_ORDERS =
            """
            SELECT * FROM (
                SELECT of_order.* FROM unnest(:orders) AS wanted (id) CROSS JOIN LATERAL (
                    SELECT %1$s FROM fills
                    WHERE account_id = :account AND order_id = wanted.id AND NOT completes_order
                        AND sequence >= (SELECT coalesce(max(first_sequence), 0)
                            FROM history_segments WHERE begun_at_nanos < :oldest)
                        AND sequence <= :last
                    ORDER BY sequence DESC LIMIT :most) of_order
                UNION ALL
                SELECT %1$s FROM fills
                WHERE account_id = :account AND sequence = ANY(:completed)
                    AND sequence BETWEEN :firstCompleted AND :lastCompleted) of_orders
            ORDER BY sequence
            """
                    .formatted(FillRows.COLUMNS);

    private final Database database;

    PostgresOrderStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Order> find(AccountId accountId, OrderId orderId) {
        return database.query(
                "finding an order",
                handle ->
                        handle.createQuery(
                                        SELECT_ORDERS
                                                + "orders WHERE account_id = :account"
                                                + " AND order_id = :order")
                                .bind("account", accountId.value())
                                .bind("order", orderId.value())
                                .map((row, context) -> OrderRows.read(row))
                                .findOne());
    }

    @Override
    public Optional<Order> find(AccountId accountId, ClientOrderId clientOrderId) {
        return database.query(
                "finding an order",
                handle ->
                        handle.createQuery(
                                        SELECT_ORDERS
                                                + "orders WHERE account_id = :account"
                                                + " AND client_order_id = :id"
                                                + " ORDER BY order_id + 0 DESC LIMIT 1")
                                .bind("account", accountId.value())
                                .bind("id", clientOrderId.value())
                                .map((row, context) -> OrderRows.read(row))
                                .findOne());
    }

    @Override
    public List<Order> list(AccountId accountId, OrderFilter filter, Page page) {
        Set<OrderStatus> statuses = stored(filter.statuses());
        if (statuses.isEmpty() && !filter.statuses().isEmpty()) {
            return List.of();
        }
        String sql =
                SELECT_ORDERS
                        + table(statuses)
                        + " WHERE account_id = :account AND order_id < :before"
                        + conditions(statuses, filter.symbol())
                        + " ORDER BY order_id DESC LIMIT :limit";
        return database.query(
                "listing orders",
                handle -> {
                    Query query = bindPage(handle.createQuery(sql), accountId, page);
                    if (filter.symbol() != null) {
                        query.bind("symbol", filter.symbol().value());
                    }
                    return query.map((row, context) -> OrderRows.read(row)).list();
                });
    }

    /** A rejected order is not stored. */
    private static Set<OrderStatus> stored(Set<OrderStatus> statuses) {
        Set<OrderStatus> stored = new HashSet<>(statuses);
        stored.remove(OrderStatus.REJECTED);
        return stored;
    }

    /** The one table that has them all, where there is one. */
    private static String table(Set<OrderStatus> statuses) {
        if (statuses.isEmpty()) {
            return "orders";
        }
        if (statuses.stream().allMatch(OrderStatus::open)) {
            return "open_orders";
        }
        return statuses.stream().noneMatch(OrderStatus::open) ? "closed_orders" : "orders";
    }

    /**
     * Orders of a symbol are read by the symbol's index, which one of statuses must not take the
     * place of: an account may have few of the symbol and a million canceled ones.
     */
    private static String conditions(Set<OrderStatus> statuses, @Nullable Symbol symbol) {
        if (symbol == null) {
            return statuses.isEmpty() ? "" : notFilled(statuses) + among("status", statuses);
        }
        return (statuses.isEmpty() ? "" : among("status + 0", statuses)) + " AND symbol = :symbol";
    }

    /** In the words of the index of the orders that are not filled, which is of use then. */
    private static String notFilled(Set<OrderStatus> statuses) {
        return statuses.contains(OrderStatus.FILLED) ? "" : NOT_FILLED;
    }

    private static String among(String status, Set<OrderStatus> statuses) {
        return statuses.stream()
                .map(each -> Short.toString(Codes.ORDER_STATUS.of(each)))
                .sorted()
                .collect(Collectors.joining(", ", " AND " + status + " IN (", ")"));
    }

    @Override
    public List<AccountFill> fills(AccountId accountId, OrderId orderId, Page page) {
        return database.query(
                "listing an order's fills",
                handle ->
                        bindPage(handle.createQuery(FillRows.SELECT_PAGE_OF_ORDER), accountId, page)
                                .bind("order", orderId.value())
                                .map((row, context) -> FillRows.read(row))
                                .list());
    }

    @Override
    public Map<OrderId, List<Fill>> fills(AccountId accountId, Collection<Order> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        Long[] ids = orders.stream().map(order -> order.id().value()).toArray(Long[]::new);
        Long[] completed =
                orders.stream()
                        .filter(order -> order.status() == OrderStatus.FILLED)
                        .map(Order::sequence)
                        .sorted()
                        .toArray(Long[]::new);
        int last = completed.length - 1;
        int most = OrderStore.mostFills(orders.size());
        long oldest = orders.stream().mapToLong(Order::createdAtNanos).min().getAsLong();
        long latest = orders.stream().mapToLong(Order::sequence).max().getAsLong();
        return database.query(
                "listing fills",
                handle ->
                        handle
                                .createQuery(SELECT_OF_ORDERS)
                                .bind("account", accountId.value())
                                .bindArray("orders", Long.class, (Object[]) ids)
                                .bind("oldest", oldest)
                                .bind("last", latest)
                                .bind("most", most)
                                .bindArray("completed", Long.class, (Object[]) completed)
                                .bind("firstCompleted", last < 0 ? 0 : completed[0])
                                .bind("lastCompleted", last < 0 ? 0 : completed[last])
                                .map((row, context) -> FillRows.read(row).fill())
                                .stream()
                                .collect(
                                        Collectors.groupingBy(
                                                Fill::orderId,
                                                LinkedHashMap::new,
                                                Collectors.collectingAndThen(
                                                        Collectors.toList(),
                                                        fills -> newest(most, fills)))));
    }

    /** The one that completed the order may be one too many. */
    private static List<Fill> newest(int most, List<Fill> fills) {
        return fills.subList(Math.max(0, fills.size() - most), fills.size());
    }

    @Override
    public List<AccountFill> fills(AccountId accountId, Page page) {
        String sql =
                SELECT_FILLS
                        + " WHERE account_id = :account AND sequence < :before"
                        + " ORDER BY sequence DESC LIMIT :limit";
        return database.query(
                "listing fills",
                handle ->
                        bindPage(handle.createQuery(sql), accountId, page)
                                .map((row, context) -> FillRows.read(row))
                                .list());
    }

    private static Query bindPage(Query query, AccountId accountId, Page page) {
        return query.bind("account", accountId.value())
                .bind("before", page.beforeId())
                .bind("limit", page.limit());
    }
}
