package io.outcry.api.ws;

import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.domain.account.AccountFanOut;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.AccountListener;
import io.outcry.domain.account.AccountUpdate;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on to this replica's clients what becomes of their accounts. Safe for use by many threads.
 */
final class AccountHub implements AccountListener {
    private static final Logger LOG = LoggerFactory.getLogger(AccountHub.class);
    private static final long TOLD_WITHIN_MS = 1_000;

    private final AccountFanOut fanOut;
    private final ReadAfterWrite reads;
    private final AccountSnapshots snapshots;
    private final Executor starters;
    private final Map<AccountId, Set<AccountFollowing>> followings = new ConcurrentHashMap<>();

    /** Of each account that is followed, whether its updates have been heard. */
    private final Map<AccountId, CompletableFuture<Void>> told = new ConcurrentHashMap<>();

    /**
     * Follows nobody yet.
     *
     * @param starters run what starts a following anew, which waits for the engine and the database
     */
    AccountHub(
            AccountFanOut fanOut,
            ReadAfterWrite reads,
            AccountSnapshots snapshots,
            Executor starters) {
        this.fanOut = fanOut;
        this.reads = reads;
        this.snapshots = snapshots;
        this.starters = starters;
    }

    /**
     * From here on; once begun, first a snapshot or, where that is possible, what came after a
     * sequence. Waits for the database.
     *
     * @param after null: a snapshot
     * @throws CacheUnavailableException when what changes cannot be heard
     */
    Following follow(AccountId account, Channel channel, Follower follower, @Nullable Long after) {
        AccountFollowing following = new AccountFollowing(account, channel, follower);
        followings.compute(
                account,
                (id, others) -> {
                    Set<AccountFollowing> all =
                            others == null ? ConcurrentHashMap.newKeySet() : others;
                    all.add(following);
                    return all;
                });
        try {
            beTold(account);
            Runnable begin = after == null ? snapshot(following) : continuation(following, after);
            return new Following(begin, () -> leave(following));
        } catch (RuntimeException e) {
            leave(following);
            throw e;
        }
    }

    /**
     * What happens before the writer knows that the account is wanted is in no update, so the
     * beginning is better taken after that; without it the first update makes up for what is
     * missing.
     */
    private void beTold(AccountId account) {
        boolean known = fanOut.wanted().contains(account);
        CompletableFuture<Void> heard =
                told.computeIfAbsent(account, id -> new CompletableFuture<>());
        fanOut.want(Set.of(account));
        if (!known) {
            heard.completeOnTimeout(null, TOLD_WITHIN_MS, TimeUnit.MILLISECONDS).join();
        }
    }

    private Runnable continuation(AccountFollowing following, long after) {
        List<AccountUpdate> missed = fanOut.since(following.account(), after).orElse(null);
        // Nobody can have heard what is not projected: what is after that would never come.
        return missed == null || (missed.isEmpty() && !reads.projected(after))
                ? snapshot(following)
                : () -> following.goOn(after, missed);
    }

    private void leave(AccountFollowing following) {
        followings.computeIfPresent(
                following.account(),
                (id, all) -> {
                    all.remove(following);
                    if (!all.isEmpty()) {
                        return all;
                    }
                    told.remove(id);
                    return null;
                });
    }

    /** Has it read, for telling it at once. */
    private Runnable snapshot(AccountFollowing following) {
        try {
            reads.settle(following.account());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the projection was awaited", e);
        }
        AccountSnapshots.Snapshot snapshot = snapshots.of(following.account(), following.channel());
        return () -> following.start(snapshot.sequence(), snapshot.body());
    }

    /** Of each following one start at most waits for a thread or runs. */
    private void startAnewSoon(AccountFollowing following) {
        if (following.beginStart()) {
            starters.execute(
                    () -> {
                        if (following.endStart(startedAnew(following))) {
                            startAnewSoon(following);
                        }
                    });
        }
    }

    /** Whether it could be; otherwise {@link #renew} tries again. */
    private boolean startedAnew(AccountFollowing following) {
        if (!followed(following.account()).contains(following)) {
            return true;
        }
        try {
            snapshot(following).run();
            return true;
        } catch (RuntimeException e) {
            LOG.warn(
                    "account {} cannot be followed for now: {}",
                    following.account(),
                    e.getMessage());
            return false;
        }
    }

    private Set<AccountFollowing> followed(AccountId account) {
        return followings.getOrDefault(account, Set.of());
    }

    /** Says again whom this replica wants, and takes up what could not be taken up before. */
    void renew() {
        try {
            fanOut.want(Set.copyOf(followings.keySet()));
        } catch (CacheUnavailableException e) {
            LOG.debug("the cache is not told who is wanted", e);
        }
        followings
                .values()
                .forEach(
                        all ->
                                all.stream()
                                        .filter(AccountFollowing::mustStartAnew)
                                        .forEach(this::startAnewSoon));
    }

    @Override
    public void onUpdates(AccountId account, List<AccountUpdate> updates) {
        CompletableFuture<Void> heard = told.get(account);
        if (heard != null) {
            heard.complete(null);
        }
        for (AccountFollowing following : followed(account)) {
            if (!following.hear(updates)) {
                startAnewSoon(following);
            }
        }
    }

    @Override
    public void onConnected() {
        followings.values().forEach(all -> all.forEach(this::startAnewSoon));
    }

    @Override
    public void onDisconnected() {
        followings.values().forEach(all -> all.forEach(AccountFollowing::lose));
    }
}
