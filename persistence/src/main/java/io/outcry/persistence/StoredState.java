package io.outcry.persistence;

import static io.outcry.persistence.Columns.longs;
import static io.outcry.persistence.Columns.texts;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.portfolio.CostBasis;
import io.outcry.persistence.BatchFold.PositionKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the database holds of the orders and positions that a batch of events touches. */
record StoredState(Map<OrderId, Order> orders, Map<PositionKey, CostBasis> positions) {
    private static final String SELECT_ORDERS =
            "SELECT "
                    + OrderRows.COLUMNS
                    + " FROM unnest(?, ?) AS touched (account_id, order_id)"
                    + " JOIN open_orders USING (account_id, order_id)";
    private static final String SELECT_POSITIONS =
            "SELECT account_id, symbol, quantity, cost, realized_pnl"
                    + " FROM unnest(?, ?) AS touched (account_id, symbol)"
                    + " JOIN positions USING (account_id, symbol)";

    static StoredState load(WriterMemory memory, WriterStatements statements, List<Event> events)
            throws SQLException {
        Touched touched = new Touched();
        events.forEach(touched::add);
        Map<OrderId, Order> orders = new LinkedHashMap<>();
        touched.orders.keySet().removeIf(id -> recall(memory.openOrders(), id, orders));
        Map<PositionKey, CostBasis> positions = new HashMap<>();
        touched.positions.removeIf(key -> recall(memory.positions(), key, positions));
        loadOrders(statements, touched.orders, orders);
        loadPositions(statements, touched.positions, positions);
        return new StoredState(orders, positions);
    }

    private static <K, V> boolean recall(Map<K, V> memory, K key, Map<K, V> found) {
        V value = memory.get(key);
        if (value == null) {
            return false;
        }
        found.put(key, value);
        return true;
    }

    private static void loadOrders(
            WriterStatements statements, Map<OrderId, AccountId> wanted, Map<OrderId, Order> found)
            throws SQLException {
        if (wanted.isEmpty()) {
            return;
        }
        PreparedStatement select =
                statements.prepare(
                        SELECT_ORDERS,
                        longs(wanted.values(), AccountId::value),
                        longs(wanted.keySet(), OrderId::value));
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Order order = OrderRows.read(row);
                found.put(order.id(), order);
            }
        }
    }

    private static void loadPositions(
            WriterStatements statements, Set<PositionKey> wanted, Map<PositionKey, CostBasis> found)
            throws SQLException {
        if (wanted.isEmpty()) {
            return;
        }
        PreparedStatement select =
                statements.prepare(
                        SELECT_POSITIONS,
                        longs(wanted, key -> key.accountId().value()),
                        texts(wanted, key -> key.symbol().value()));
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.put(
                        new PositionKey(
                                new AccountId(row.getLong(1)), new Symbol(row.getString(2))),
                        new CostBasis(row.getLong(3), row.getLong(4), row.getLong(5)));
            }
        }
    }

    /** Which stored rows a batch needs: all it touches less the orders that it accepts itself. */
    private static final class Touched {
        private final Set<OrderId> accepted = new HashSet<>();
        private final Map<OrderId, AccountId> orders = new LinkedHashMap<>();
        private final Set<PositionKey> positions = new HashSet<>();

        void add(Event event) {
            if (event instanceof Event.OrderAccepted e) {
                accepted.add(e.orderId());
            } else if (event instanceof Event.Traded e) {
                order(e.makerOrderId(), e.makerAccountId());
                order(e.takerOrderId(), e.takerAccountId());
                positions.add(new PositionKey(e.makerAccountId(), e.symbol()));
                positions.add(new PositionKey(e.takerAccountId(), e.symbol()));
            } else if (event instanceof Event.OrderCanceled e) {
                order(e.orderId(), e.accountId());
            } else if (event instanceof Event.OrderExpired e) {
                order(e.orderId(), e.accountId());
            } else if (event instanceof Event.OrderReplaced e) {
                order(e.orderId(), e.accountId());
            } else if (event instanceof Event.OrderTriggered e) {
                order(e.orderId(), e.accountId());
            } else if (event instanceof Event.PositionAdjusted e) {
                positions.add(new PositionKey(e.accountId(), e.symbol()));
            }
        }

        private void order(OrderId orderId, AccountId accountId) {
            if (!accepted.contains(orderId)) {
                orders.put(orderId, accountId);
            }
        }
    }
}
