package io.outcry.api.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.access.RateLimiter.Decision;
import io.outcry.domain.access.RateLimiter.Limit;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.User;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits that hold over all replicas and cost a request nothing but a count in memory. Each replica
 * lets its own count decide at once, and tells the others of every few uses afterwards, on a thread
 * of its own; when all together have used a limit up, it hears of it and stops. So between them
 * they may let through a few more than the limit, and never less. Without Redis the others are
 * guessed: each replica goes on with its share. Safe for use by many threads.
 */
public final class Limits implements AutoCloseable {
    private static final int MOST_SUBJECTS = 100_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(2);

    /** What cannot be told in time is dropped: the limit then is each replica's own. */
    private static final int MOST_WAITING = 10_000;

    private final RateLimiter shared;
    private final LongSupplier nanoClock;
    private final Map<String, Map<LimitClass, Counted>> byTier = new HashMap<>();
    private final ThreadPoolExecutor teller =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    task -> new Thread(task, "limits"),
                    new ThreadPoolExecutor.DiscardPolicy());

    /** One limit and who is counted under it. */
    private record Counted(Limit limit, Cache<String, Allowance> bySubject) {}

    /** What is left after a request, for its answer; reset in whole seconds. */
    public record Standing(long limit, long remaining, long resetSeconds) {}

    /** Counts under these. */
    public Limits(LimitTiers tiers, RateLimiter shared, LongSupplier nanoClock) {
        this.shared = shared;
        this.nanoClock = nanoClock;
        tiers.byTier().forEach((tier, limits) -> byTier.put(tier, counted(limits)));
    }

    private static Map<LimitClass, Counted> counted(Map<LimitClass, Limit> limits) {
        Map<LimitClass, Counted> counted = new EnumMap<>(LimitClass.class);
        limits.forEach(
                (limited, limit) ->
                        counted.put(
                                limited,
                                new Counted(
                                        limit,
                                        Caffeine.newBuilder()
                                                .maximumSize(MOST_SUBJECTS)
                                                .expireAfterAccess(FORGOTTEN_AFTER)
                                                .build())));
        return counted;
    }

    /** Whether there is a limit at all, in any tier. */
    public boolean limited(LimitClass limited) {
        return byTier.values().stream().anyMatch(limits -> limits.containsKey(limited));
    }

    /**
     * Counts a use by an address; returns what is left, or null when there is no limit.
     *
     * @throws io.outcry.api.problem.ProblemException RATE_LIMITED
     */
    public @Nullable Standing admit(LimitClass limited, String subject) {
        Counted of = counted(User.STANDARD, limited);
        return of == null ? null : admit(of, subject, 1, 0);
    }

    /**
     * Refuses an address that has nothing left, and counts nothing.
     *
     * @throws io.outcry.api.problem.ProblemException RATE_LIMITED
     */
    public void require(LimitClass limited, String subject) {
        Counted of = counted(User.STANDARD, limited);
        Allowance allowance = of == null ? null : of.bySubject().getIfPresent(subject);
        long wait = allowance == null ? 0 : allowance.untilOne(nanoClock.getAsLong());
        if (wait > 0) {
            throw refused(Duration.ofNanos(wait));
        }
    }

    private static ProblemException refused(Duration wait) {
        return Problem.of(ErrorCode.RATE_LIMITED, "too many requests of this kind; slow down")
                .withRetryAfter(wait)
                .toException();
    }

    private @Nullable Counted counted(String tier, LimitClass limited) {
        Map<LimitClass, Counted> own = byTier.get(tier);
        return own == null && !tier.equals(User.STANDARD)
                ? counted(User.STANDARD, limited)
                : own == null ? null : own.get(limited);
    }

    /**
     * @param spent on the same request before, and spent again when it is repeated
     */
    private Standing admit(Counted of, String subject, long uses, long spent) {
        long now = nanoClock.getAsLong();
        Allowance allowance = of.bySubject().get(subject, key -> new Allowance(of.limit(), now));
        long wait = allowance.take(uses, now);
        if (wait > 0) {
            throw refused(Duration.ofNanos(wait + spent * allowance.intervalNanos()));
        }
        long portions = allowance.used(uses);
        if (portions > 0) {
            teller.execute(() -> tell(of.limit(), subject, allowance, portions));
        }
        return new Standing(
                of.limit().burst(),
                allowance.remaining(now),
                allowance.reset(now).plusMillis(999).toSeconds());
    }

    /**
     * Counts a use by an account, under its tier's limit; the house's are the server's own, and not
     * counted.
     *
     * @param tier one that is not known here is as good as the standard one
     * @throws io.outcry.api.problem.ProblemException RATE_LIMITED
     */
    public @Nullable Standing admit(LimitClass limited, AccountId account, String tier) {
        Counted of = ofAccount(limited, account, tier);
        return of == null ? null : admit(of, subject(account), 1, 0);
    }

    /**
     * Counts further uses by a request that was counted as one.
     *
     * @param member of its body that holds as many objects as it has uses
     * @throws io.outcry.api.problem.ProblemException RATE_LIMITED; INVALID_FIELD when it is more
     *     than there can ever be at once, so that waiting is no help
     */
    public @Nullable Standing admitMore(
            LimitClass limited, AccountId account, String tier, String member, long more) {
        Counted of = ofAccount(limited, account, tier);
        if (of == null) {
            return null;
        }
        long burst = of.limit().burst();
        if (more >= burst) {
            throw Problem.ofField(
                            ErrorCode.INVALID_FIELD,
                            member,
                            "must hold at most "
                                    + burst
                                    + ": your limit lets no more through at once")
                    .toException();
        }
        return admit(of, subject(account), more, 1);
    }

    private @Nullable Counted ofAccount(LimitClass limited, AccountId account, String tier) {
        return account.equals(AccountId.HOUSE) ? null : counted(tier, limited);
    }

    private static String subject(AccountId account) {
        return "account-" + account;
    }

    /** One permit of the shared limit stands for a portion of the real one's. */
    private void tell(Limit limit, String subject, Allowance allowance, long portions) {
        long together = allowance.together();
        Limit portioned =
                new Limit(
                        limit.name(),
                        limit.permits(),
                        limit.period().multipliedBy(together),
                        (limit.burst() + together - 1) / together);
        for (long i = 0; i < portions; i++) {
            Decision decision = shared.tryAcquire(subject, portioned);
            if (!decision.allowed()) {
                allowance.block(decision.retryAfter(), nanoClock.getAsLong());
            }
        }
    }

    @Override
    public void close() {
        teller.shutdownNow();
    }
}
