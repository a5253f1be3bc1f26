package io.outcry.persistence;

import static io.outcry.persistence.Columns.longs;
import static io.outcry.persistence.Columns.texts;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.portfolio.CostBasis;
import io.outcry.persistence.LedgerFold.Cash;
import io.outcry.persistence.LedgerFold.CashKey;
import io.outcry.persistence.LedgerFold.PositionKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the database holds of the orders, balances and positions that a batch of events touches. */
record StoredState(
        Map<OrderId, Order> orders,
        Map<CashKey, Cash> cash,
        Map<PositionKey, CostBasis> positions) {
    private static final String SELECT_ORDERS =
            "SELECT "
                    + OrderRows.COLUMNS
                    + " FROM unnest(?, ?) AS touched (account_id, order_id)"
                    + " JOIN open_orders USING (account_id, order_id)";
    private static final String SELECT_CASH =
            "SELECT account_id, currency, cash, credit_limit"
                    + " FROM unnest(?, ?) AS touched (account_id, currency)"
                    + " JOIN cash_balances USING (account_id, currency)";
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
        Map<CashKey, Cash> cash = new HashMap<>();
        touched.cash.removeIf(key -> recall(memory.cash(), key, cash));
        Map<PositionKey, CostBasis> positions = new HashMap<>();
        touched.positions.removeIf(key -> recall(memory.positions(), key, positions));
        loadOrders(statements, touched.orders, orders);
        loadCash(statements, touched.cash, cash);
        loadPositions(statements, touched.positions, positions);
        return new StoredState(orders, cash, positions);
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

    private static void loadCash(
            WriterStatements statements, Set<CashKey> wanted, Map<CashKey, Cash> found)
            throws SQLException {
        if (wanted.isEmpty()) {
            return;
        }
        PreparedStatement select =
                statements.prepare(
                        SELECT_CASH,
                        longs(wanted, key -> key.accountId().value()),
                        texts(wanted, key -> key.currency().code()));
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.put(
                        new CashKey(new AccountId(row.getLong(1)), new Currency(row.getString(2))),
                        new Cash(row.getLong(3), row.getLong(4)));
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
                        new CostBasis(
                                row.getLong(3), Columns.integer(row, 4), Columns.integer(row, 5)));
            }
        }
    }

    /** Which stored rows a batch needs: all it touches less the orders that it accepts itself. */
    private static final class Touched {
        private final Set<OrderId> accepted = new HashSet<>();
        private final Map<OrderId, AccountId> orders = new LinkedHashMap<>();
        private final Set<CashKey> cash = new HashSet<>();
        private final Set<PositionKey> positions = new HashSet<>();

        void add(Event event) {
            if (event instanceof Event.OrderAccepted e) {
                accepted.add(e.orderId());
            } else if (event instanceof Event.Traded e) {
                traded(e);
            } else if (event instanceof Event.OrderCanceled e) {
                order(e.orderId(), e.accountId());
            } else if (event instanceof Event.OrderExpired e) {
                order(e.orderId(), e.accountId());
            } else if (event instanceof Event.OrderReplaced e) {
                order(e.orderId(), e.accountId());
            } else if (event instanceof Event.OrderTriggered e) {
                order(e.orderId(), e.accountId());
            } else if (event instanceof Event.CashAdjusted e) {
                cash.add(new CashKey(e.accountId(), e.currency()));
            } else if (event instanceof Event.LimitsSet e) {
                cash.add(new CashKey(e.accountId(), e.currency()));
            } else if (event instanceof Event.PositionAdjusted e) {
                positions.add(new PositionKey(e.accountId(), e.symbol()));
            }
        }

        private void traded(Event.Traded e) {
            order(e.makerOrderId(), e.makerAccountId());
            order(e.takerOrderId(), e.takerAccountId());
            cash.add(new CashKey(e.makerAccountId(), e.currency()));
            cash.add(new CashKey(e.takerAccountId(), e.currency()));
            cash.add(new CashKey(AccountId.HOUSE, e.currency()));
            positions.add(new PositionKey(e.makerAccountId(), e.symbol()));
            positions.add(new PositionKey(e.takerAccountId(), e.symbol()));
        }

        private void order(OrderId orderId, AccountId accountId) {
            if (!accepted.contains(orderId)) {
                orders.put(orderId, accountId);
            }
        }
    }
}
