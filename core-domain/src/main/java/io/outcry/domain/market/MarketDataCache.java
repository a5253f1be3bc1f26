package io.outcry.domain.market;

import io.outcry.domain.instrument.Symbol;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Market data shared by all replicas: written by the leader, read by any. Losing all of it costs
 * nothing but a moment: the leader writes it anew. Safe for use by many threads.
 */
public interface MarketDataCache {

    /**
     * Replaces what is cached of these symbols; symbols that are not named stay as they are. All
     * replicas that listen then hear the updates.
     *
     * @param trades of a symbol, newest first: all that is then cached of its trades
     * @param updates one for each symbol whose book is given, with what led to it
     * @throws CacheUnavailableException when the cache does not answer in time
     */
    void publish(List<BookSnapshot> books, List<PublicTrade> trades, List<MarketUpdate> updates);

    /**
     * The newest snapshot of a symbol's book; empty when none is cached.
     *
     * @throws CacheUnavailableException when the cache does not answer in time
     */
    Optional<BookSnapshot> book(Symbol symbol);

    /**
     * The last trades, newest first.
     *
     * @throws CacheUnavailableException when the cache does not answer in time
     */
    List<PublicTrade> trades(Symbol symbol, int limit);

    /**
     * How a symbol stands; empty when nothing is cached.
     *
     * @throws CacheUnavailableException when the cache does not answer in time
     */
    Optional<Ticker> ticker(Symbol symbol);

    /**
     * The newest candle of each interval, as far as there was one lately.
     *
     * @throws CacheUnavailableException when the cache does not answer in time
     */
    List<Candle> candles(Symbol symbol);

    /** The cache cannot be reached, or is too slow to wait for. */
    final class CacheUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public CacheUnavailableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
