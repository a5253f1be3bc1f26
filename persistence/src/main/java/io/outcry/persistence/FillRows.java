package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.store.AccountFill;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Fills from and to rows. Pure functions. */
final class FillRows {
    static final String COLUMNS =
            "trade_id, order_id, price, quantity, notional, fee, sequence, time_nanos, side,"
                    + " liquidity, symbol";
    static final String WRITTEN_COLUMNS = COLUMNS + ", account_id, currency";
    private static final int WRITTEN_COLUMN_COUNT = 13;

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
    static void write(CopyRows rows, AccountId accountId, Currency currency, AccountFill of) {
        Fill fill = of.fill();
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
                .int8(accountId.value())
                .text(currency.code());
    }
}
