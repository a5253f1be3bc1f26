package io.outcry.domain.market;

import io.outcry.domain.instrument.Symbol;
import java.util.List;

/**
 * A book's displayed levels as of a sequence, best first on both sides.
 *
 * @param sequence of the last event of the feed that it takes account of
 */
public record BookSnapshot(
        Symbol symbol, long sequence, long timeNanos, List<BookLevel> bids, List<BookLevel> asks) {
    public BookSnapshot {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }
}
