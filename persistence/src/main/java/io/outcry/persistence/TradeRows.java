package io.outcry.persistence;

import io.outcry.domain.market.PublicTrade;
import io.outcry.persistence.BatchFold.MarketTrade;
import io.outcry.persistence.LedgerFold.Change;
import io.outcry.persistence.LedgerFold.Line;
import org.jspecify.annotations.Nullable;

/** Trades to rows. Pure functions. */
final class TradeRows {
    static final String WRITTEN_COLUMNS =
            "trade_id, price, quantity, sequence, time_nanos, taker_side, symbol, currency,"
                    + " house_cash, house_cash_balance";
    private static final int WRITTEN_COLUMN_COUNT = 10;

    private TradeRows() {}

    /** As a row of {@link #WRITTEN_COLUMNS}. */
    static void write(CopyRows rows, MarketTrade of) {
        PublicTrade trade = of.trade();
        rows.row(WRITTEN_COLUMN_COUNT)
                .int8(trade.tradeId())
                .int8(trade.price())
                .int8(trade.quantity())
                .int8(trade.sequence())
                .int8(trade.timeNanos())
                .int2(Codes.SIDE.of(trade.takerSide()))
                .text(trade.symbol().value());
        writeHouse(rows, of.fees());
    }

    private static void writeHouse(CopyRows rows, @Nullable Line fees) {
        Change cash = fees == null ? null : fees.cash();
        if (cash == null) {
            rows.nothing().nothing().nothing();
        } else {
            rows.text(cash.asset()).int8(cash.amount()).int8OrNothing(cash.balance());
        }
    }
}
