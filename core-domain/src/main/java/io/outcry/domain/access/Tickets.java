package io.outcry.domain.access;

import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * Things left for whoever shows a ticket, on any replica, once. Safe for use by many threads.
 * Methods throw {@link CacheUnavailableException} when the cache does not answer in time.
 */
public interface Tickets {

    /**
     * Leaves something.
     *
     * @param ticket a secret that cannot be guessed
     */
    void leave(String ticket, String content, Duration lifetime);

    /** What was left; empty: nothing, or it was taken before, or it is too late. */
    Optional<String> take(String ticket);
}
