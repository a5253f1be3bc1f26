package io.outcry.persistence;

import static io.outcry.persistence.Columns.longs;

import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.persistence.BatchFold.AccountTrade;
import io.outcry.persistence.BatchFold.MarketTrade;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.postgresql.copy.CopyManager;

/**
 * Writes a batch's orders, fills and trades. What only grows is copied, which is the cheapest way
 * in; open orders are changed by arrays. Rows go in account by account, so that they and their
 * index entries lie where an account's others do. For one thread.
 */
final class TradingWriter {
    private static final String COPY_CLOSED =
            "COPY closed_orders (" + OrderRows.COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final String COPY_OPENED =
            "COPY open_orders (" + OrderRows.COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final String COPY_CHANGES =
            "COPY order_changes (account_id, order_id, sequence, time_nanos, quantity, price,"
                    + " stop_price, trail_amount, change) FROM STDIN (FORMAT binary)";
    private static final String COPY_FILLS =
            "COPY fills (" + FillRows.WRITTEN_COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final String COPY_TRADES =
            "COPY trades (" + TradeRows.WRITTEN_COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final String UPDATE_OPEN =
            """
            UPDATE open_orders o SET
                quantity = u.quantity, price = u.price, stop_price = u.stop_price,
                trail_amount = u.trail_amount, filled_quantity = u.filled_quantity,
                filled_notional = u.filled_notional, fees = u.fees,
                updated_at_nanos = u.updated_at_nanos, sequence = u.sequence, status = u.status
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS u (
                account_id, order_id, quantity, price, stop_price, trail_amount, filled_quantity,
                filled_notional, fees, updated_at_nanos, sequence, status)
            WHERE o.account_id = u.account_id AND o.order_id = u.order_id
            """;
    private static final String DELETE_ENDED =
            """
            DELETE FROM open_orders o USING unnest(?, ?) AS u (account_id, order_id)
            WHERE o.account_id = u.account_id AND o.order_id = u.order_id
            """;

    private final WriterStatements statements;
    private final CopyManager copy;
    private final CopyRows rows = new CopyRows();

    TradingWriter(WriterStatements statements, CopyManager copy) {
        this.statements = statements;
        this.copy = copy;
    }

    /**
     * @param stored the orders that were open in the database before
     */
    void write(BatchFold fold, Set<OrderId> stored) throws SQLException {
        writeOrders(fold, stored);
        fold.orderChanges().forEach(change -> change.write(rows));
        rows.send(copy, COPY_CHANGES);
        writeTrades(fold);
    }

    private void writeOrders(BatchFold fold, Set<OrderId> stored) throws SQLException {
        List<Order> opened = new ArrayList<>();
        List<Order> changed = new ArrayList<>();
        List<Order> closed = new ArrayList<>();
        List<Order> ended = new ArrayList<>();
        for (Order order : fold.orders()) {
            boolean known = stored.contains(order.id());
            if (order.status().open()) {
                (known ? changed : opened).add(order);
            } else {
                closed.add(order);
                if (known) {
                    ended.add(order);
                }
            }
        }
        statements.change(
                DELETE_ENDED,
                ended.size(),
                longs(ended, order -> order.terms().accountId().value()),
                longs(ended, order -> order.id().value()));
        updateOpen(changed);
        opened.forEach(order -> OrderRows.write(rows, order));
        rows.send(copy, COPY_OPENED);
        closed.sort(Comparator.comparingLong(order -> order.terms().accountId().value()));
        closed.forEach(order -> OrderRows.write(rows, order));
        rows.send(copy, COPY_CLOSED);
    }

    private void updateOpen(List<Order> orders) {
        short[] statuses = new short[orders.size()];
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] = Codes.ORDER_STATUS.of(orders.get(i).status());
        }
        statements.change(
                UPDATE_OPEN,
                orders.size(),
                longs(orders, order -> order.terms().accountId().value()),
                longs(orders, order -> order.id().value()),
                longs(orders, order -> order.terms().quantity()),
                longs(orders, order -> order.terms().price()),
                longs(orders, order -> order.terms().stopPrice()),
                longs(orders, order -> order.terms().trailAmount()),
                longs(orders, Order::filledQuantity),
                longs(orders, Order::filledNotional),
                longs(orders, Order::fees),
                longs(orders, Order::updatedAtNanos),
                longs(orders, Order::sequence),
                statuses);
    }

    private void writeTrades(BatchFold fold) throws SQLException {
        List<AccountTrade> fills = new ArrayList<>(fold.fills());
        fills.sort(Comparator.comparingLong(trade -> trade.line().accountId()));
        fills.forEach(trade -> FillRows.write(rows, trade));
        rows.send(copy, COPY_FILLS);
        for (MarketTrade trade : fold.trades()) {
            TradeRows.write(rows, trade);
        }
        rows.send(copy, COPY_TRADES);
    }
}
