package io.outcry.domain.market;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Side;

/** The two sides of an instrument's book. For the book's thread. */
final class SymbolBook {
    final Symbol symbol;
    private final BookSide bids = new BookSide(Side.BUY);
    private final BookSide asks = new BookSide(Side.SELL);

    SymbolBook(Symbol symbol) {
        this.symbol = symbol;
    }

    BookSide side(Side side) {
        return switch (side) {
            case BUY -> bids;
            case SELL -> asks;
        };
    }

    BookSide against(Side side) {
        return switch (side) {
            case BUY -> asks;
            case SELL -> bids;
        };
    }

    BookSnapshot snapshot(long sequence, long timeNanos, int levels) {
        return new BookSnapshot(symbol, sequence, timeNanos, bids.top(levels), asks.top(levels));
    }

    BookDetail detail(long sequence, long timeNanos, int levels) {
        return new BookDetail(
                symbol, sequence, timeNanos, bids.topOrders(levels), asks.topOrders(levels));
    }
}
