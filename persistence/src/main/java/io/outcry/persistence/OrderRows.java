package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderTerms;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Orders from and to rows of open_orders, closed_orders and orders. Pure functions. */
final class OrderRows {
    static final String COLUMNS =
            "account_id, order_id, quantity, price, stop_price, trail_amount, display_quantity,"
                    + " expires_at_nanos, filled_quantity, filled_notional, fees,"
                    + " created_at_nanos, updated_at_nanos, sequence, side, order_type,"
                    + " time_in_force, self_trade_prevention, status, cancel_reason, post_only,"
                    + " symbol, client_order_id";
    private static final int COLUMN_COUNT = 23;

    private OrderRows() {}

    /** From a row of {@link #COLUMNS}. */
    static Order read(ResultSet row) throws SQLException {
        return new Order(
                new OrderId(row.getLong(2)),
                readTerms(row),
                Codes.ORDER_STATUS.of(row.getShort(19)),
                cancelReason(row.getShort(20)),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14));
    }

    private static OrderTerms readTerms(ResultSet row) throws SQLException {
        String clientOrderId = row.getString(23);
        return new OrderTerms(
                new AccountId(row.getLong(1)),
                new Symbol(row.getString(22)),
                Codes.SIDE.of(row.getShort(15)),
                Codes.ORDER_TYPE.of(row.getShort(16)),
                Codes.TIME_IN_FORCE.of(row.getShort(17)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getBoolean(21),
                Codes.SELF_TRADE_PREVENTION.of(row.getShort(18)),
                clientOrderId == null ? null : new ClientOrderId(clientOrderId));
    }

    /** NULL reads as 0. */
    private static @Nullable CancelReason cancelReason(int code) {
        return code == 0 ? null : Codes.CANCEL_REASON.of(code);
    }

    /** As a row of {@link #COLUMNS}. */
    static void write(CopyRows rows, Order order) {
        OrderTerms terms = order.terms();
        rows.row(COLUMN_COUNT)
                .int8(terms.accountId().value())
                .int8(order.id().value())
                .int8(terms.quantity())
                .int8(terms.price())
                .int8(terms.stopPrice())
                .int8(terms.trailAmount())
                .int8(terms.displayQuantity())
                .int8(terms.expiresAtNanos())
                .int8(order.filledQuantity())
                .int8(order.filledNotional())
                .int8(order.fees())
                .int8(order.createdAtNanos())
                .int8(order.updatedAtNanos())
                .int8(order.sequence())
                .int2(Codes.SIDE.of(terms.side()))
                .int2(Codes.ORDER_TYPE.of(terms.type()))
                .int2(Codes.TIME_IN_FORCE.of(terms.timeInForce()))
                .int2(Codes.SELF_TRADE_PREVENTION.of(terms.selfTradePrevention()))
                .int2(Codes.ORDER_STATUS.of(order.status()));
        CancelReason reason = order.cancelReason();
        if (reason == null) {
            rows.nothing();
        } else {
            rows.int2(Codes.CANCEL_REASON.of(reason));
        }
        ClientOrderId clientOrderId = terms.clientOrderId();
        rows.bool(terms.postOnly())
                .text(terms.symbol().value())
                .text(clientOrderId == null ? null : clientOrderId.value());
    }
}
