package io.outcry.domain.access;

import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.time.Instant;

/** Access tokens that no longer count although they have not expired. Safe for many threads. */
public interface TokenRevocations {

    /**
     * Revokes a token, at once on this replica, and on the others as soon as they can be told.
     *
     * @param until when the token expires by itself
     */
    void revoke(String tokenId, Instant until);

    /**
     * Whether a token was revoked.
     *
     * @throws CacheUnavailableException when this replica does not know of it and cannot ask
     */
    boolean revoked(String tokenId);
}
