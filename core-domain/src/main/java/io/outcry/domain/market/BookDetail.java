package io.outcry.domain.market;

import io.outcry.domain.instrument.Symbol;
import java.util.List;

/**
 * Every displayed order of a book's best levels as of a sequence, on both sides by priority: best
 * price first, and at one price who trades first.
 *
 * @param sequence of the last event of the feed that it takes account of
 */
public record BookDetail(
        Symbol symbol,
        long sequence,
        long timeNanos,
        List<RestingOrder> bids,
        List<RestingOrder> asks) {
    public BookDetail {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }
}
