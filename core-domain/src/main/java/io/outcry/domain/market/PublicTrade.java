package io.outcry.domain.market;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Side;

/** A trade as everyone may see it. */
public record PublicTrade(
        long tradeId,
        Symbol symbol,
        long price,
        long quantity,
        Side takerSide,
        long sequence,
        long timeNanos) {

    /** What everyone may see of a trade: all but the orders and accounts. */
    public static PublicTrade of(Event.Traded event) {
        return new PublicTrade(
                event.tradeId(),
                event.symbol(),
                event.price(),
                event.quantity(),
                event.takerSide(),
                event.sequence(),
                event.timeNanos());
    }
}
