package io.outcry.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.outcry.domain.store.SessionStore;
import io.outcry.domain.store.User;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells who has signed in from an address before. Whether there is such a user makes no difference
 * to the work. Safe for use by many threads.
 */
final class ReturningUsers {
    private static final UUID NOBODY = new UUID(0, 0);

    private static final int MOST_ADDRESSES = 100_000;
    private static final int TRIES = 5;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(30);

    private final SessionStore sessions;
    private final Cache<String, Bucket> tries =
            Caffeine.newBuilder()
                    .maximumSize(MOST_ADDRESSES)
                    .expireAfterAccess(BETWEEN_TRIES.multipliedBy(TRIES))
                    .build();

    ReturningUsers(SessionStore sessions) {
        this.sessions = sessions;
    }

    /** Whether the user has signed in from the address. */
    boolean include(@Nullable User user, String address) {
        return sessions.hasSignedInFrom(user == null ? NOBODY : user.id(), address);
    }

    /**
     * Whether a sign-in may be asked about before it has waited in line. An address may have a few
     * of them, and then one now and again: a flood can neither keep the database busy with
     * questions nor, from addresses that have accounts of their own, fill the line of those who
     * return.
     */
    boolean mayBeAskedAbout(String address) {
        return tries.get(address, unused -> newTries()).tryConsume(1);
    }

    private static Bucket newTries() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(TRIES).refillGreedy(1, BETWEEN_TRIES))
                // Not the wall clock: one set back would stop the refill.
                .withNanosecondPrecision()
                .build();
    }
}
