package io.outcry.cache;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.market.MarketListener;
import io.outcry.domain.market.MarketUpdate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Follows each symbol's chain of updates, and takes it up from the cached book wherever one is
 * missing. For the listening thread.
 */
final class MarketChains {
    private static final long UNKNOWN = -1;

    private final MarketDataCache cache;
    private final MarketListener listener;
    private final Map<Symbol, Long> reached = new HashMap<>();

    MarketChains(MarketDataCache cache, MarketListener listener) {
        this.cache = cache;
        this.listener = listener;
    }

    void heard(MarketUpdate update) {
        long last = reached.getOrDefault(update.symbol(), UNKNOWN);
        if (last == update.previousSequence()) {
            reached.put(update.symbol(), update.sequence());
            listener.onUpdate(update);
        } else if (update.sequence() > last || update.previousSequence() == 0) {
            resynchronize(update.symbol(), last);
        }
    }

    /** Whatever was sent meanwhile is lost: the next update of each symbol will show that. */
    void disconnected() {
        reached.forEach(
                (symbol, last) -> {
                    if (last != UNKNOWN) {
                        listener.onGap(symbol);
                    }
                });
        reached.replaceAll((symbol, last) -> UNKNOWN);
    }

    /** When the book cannot be had, the next update, a second later at most, tries again. */
    private void resynchronize(Symbol symbol, long last) {
        if (last != UNKNOWN) {
            listener.onGap(symbol);
        }
        reached.put(symbol, UNKNOWN);
        try {
            Optional<BookSnapshot> book = cache.book(symbol);
            if (book.isPresent()) {
                reached.put(symbol, book.get().sequence());
                listener.onSnapshot(book.get());
            }
        } catch (CacheUnavailableException e) {
            reached.put(symbol, UNKNOWN);
        }
    }
}
