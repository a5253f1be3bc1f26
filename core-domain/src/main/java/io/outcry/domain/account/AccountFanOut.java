package io.outcry.domain.account;

import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries updates of accounts from the replica that writes the projection to those whose clients
 * follow them, and keeps the last of them for a while. Only accounts that somebody wants are told
 * of. Safe for use by many threads. Methods throw {@link CacheUnavailableException} when the cache
 * does not answer in time.
 */
public interface AccountFanOut {

    /** Tells all replicas; of each account in the order of sequences. */
    void publish(List<AccountUpdate> updates);

    /**
     * The updates after a sequence.
     *
     * @return empty: not all of them are kept any more, or none ever was
     */
    Optional<List<AccountUpdate>> since(AccountId accountId, long sequence);

    /** Has these accounts told of for some minutes from now. */
    void want(Set<AccountId> accounts);

    /** The accounts that anybody wants. */
    Set<AccountId> wanted();
}
