package io.outcry.persistence;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.store.AccountFill;
import io.outcry.persistence.BatchFold.AccountTrade;
import io.outcry.persistence.LedgerFold.Change;
import io.outcry.persistence.LedgerFold.Line;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Fills from and to rows. Pure functions. */
final class FillRows {
    static final String COLUMNS =
            "trade_id, order_id, price, quantity, notional, fee, sequence, time_nanos, side,"
                    + " liquidity, symbol";

    static final String WRITTEN_COLUMNS =
            COLUMNS + ", account_id, currency, cash_balance, quantity_balance, completes_order";
    private static final int WRITTEN_COLUMN_COUNT = 16;

    /**
     * Fills of an order, newest first; the one that completes it has no entry in the index by
     * order, but the order's row tells its sequence.
     */
    static final String SELECT_PAGE_OF_ORDER =
            """
            SELECT * FROM (
                (SELECT %1$s FROM fills
                WHERE account_id = :account AND order_id = :order AND NOT completes_order
                    AND sequence < :before
                ORDER BY sequence DESC LIMIT :limit)
                UNION ALL
                SELECT %2$s FROM closed_orders o
                JOIN fills f ON f.account_id = o.account_id AND f.sequence = o.sequence
                WHERE o.account_id = :account AND o.order_id = :order AND o.status = %3$d
                    AND o.sequence < :before) of_order
            ORDER BY sequence DESC LIMIT :limit
            """
                    .formatted(
                            COLUMNS,
                            "f." + COLUMNS.replace(", ", ", f."),
                            Codes.ORDER_STATUS.of(OrderStatus.FILLED));

    private FillRows() {}

    /** From a row of {@link #COLUMNS}. */
    static AccountFill read(ResultSet row) throws SQLException {
        return new AccountFill(
                new Symbol(row.getString(11)),
                Codes.SIDE.of(row.getShort(9)),
                new Fill(
                        row.getLong(1),
                        new OrderId(row.getLong(2)),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        Codes.LIQUIDITY.of(row.getShort(10)),
                        row.getLong(7),
                        row.getLong(8)));
    }

    /** As a row of {@link #WRITTEN_COLUMNS}. */
    static void write(CopyRows rows, AccountTrade trade) {
        AccountFill of = trade.fill();
        Fill fill = of.fill();
        Line line = trade.line();
        rows.row(WRITTEN_COLUMN_COUNT)
                .int8(fill.tradeId())
                .int8(fill.orderId().value())
                .int8(fill.price())
                .int8(fill.quantity())
                .int8(fill.notional())
                .int8(fill.fee())
                .int8(fill.sequence())
                .int8(fill.timeNanos())
                .int2(Codes.SIDE.of(of.side()))
                .int2(Codes.LIQUIDITY.of(fill.liquidity()))
                .text(of.symbol().value())
                .int8(line.accountId())
                .text(trade.currency().code())
                .int8OrNothing(balance(line.cash()))
                .int8OrNothing(balance(line.position()))
                .bool(trade.completesOrder());
    }

    private static @Nullable Long balance(@Nullable Change change) {
        return change == null ? null : change.balance();
    }
}
