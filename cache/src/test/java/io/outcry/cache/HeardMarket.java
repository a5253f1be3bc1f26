package io.outcry.cache;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketListener;
import io.outcry.domain.market.MarketUpdate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers of which symbols anything was heard. Safe for use by many threads. */
final class HeardMarket implements MarketListener {
    private final Set<Symbol> symbols = ConcurrentHashMap.newKeySet();

    boolean anything() {
        return !symbols.isEmpty();
    }

    void forget() {
        symbols.clear();
    }

    boolean of(Symbol symbol) {
        return symbols.contains(symbol);
    }

    @Override
    public void onUpdate(MarketUpdate update) {
        symbols.add(update.symbol());
    }

    @Override
    public void onSnapshot(BookSnapshot book) {
        symbols.add(book.symbol());
    }

    @Override
    public void onGap(Symbol symbol) {}
}
