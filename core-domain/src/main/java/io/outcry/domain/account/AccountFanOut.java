package io.outcry.domain.account;

import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries updates of accounts from the replica that writes the projection to those whose clients
 * follow them, and keeps the last of them for a while. Only accounts that somebody wants are told
 * of. Safe for use by many threads. Methods throw {@link CacheUnavailableException} when the cache
 * does not answer in time.
 */
public interface AccountFanOut {

    /**
     * Tells all replicas; of each account in the order of sequences. Throws nothing when the cache
     * does not answer.
     *
     * @return in the same order, those of which it is not known whether they were told: of an
     *     account all or none
     */
    List<AccountUpdate> publish(List<AccountUpdate> updates);

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

    /**
     * Leaves to the next writer what has been told: everything up to a position, of each account
     * the last update with that sequence.
     */
    void handOver(long position, Map<AccountId, Long> told);

    /**
     * What the writer before has left for one that begins after that position. It is left once.
     *
     * @return empty: it left nothing, or had come to another position
     */
    Map<AccountId, Long> takeOver(long position);
}
