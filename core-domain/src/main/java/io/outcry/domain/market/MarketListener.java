package io.outcry.domain.market;

import io.outcry.domain.instrument.Symbol;

/** Hears the market's updates, by one thread at a time; calls must return soon. */
public interface MarketListener {

    /** The next update of its symbol, which follows the last one or the last snapshot heard. */
    void onUpdate(MarketUpdate update);

    /** What was heard of the symbol so far is out of date, and this is the book to go on from. */
    void onSnapshot(BookSnapshot book);

    /** Nothing is known of the symbol for now: a snapshot will come. */
    void onGap(Symbol symbol);
}
