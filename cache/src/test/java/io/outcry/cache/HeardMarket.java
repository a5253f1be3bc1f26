package io.outcry.cache;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketListener;
import io.outcry.domain.market.MarketUpdate;

/** Remembers whether anything was heard. Safe for use by many threads. */
final class HeardMarket implements MarketListener {
    private volatile boolean anything;

    boolean anything() {
        return anything;
    }

    @Override
    public void onUpdate(MarketUpdate update) {
        anything = true;
    }

    @Override
    public void onSnapshot(BookSnapshot book) {
        anything = true;
    }

    @Override
    public void onGap(Symbol symbol) {}
}
