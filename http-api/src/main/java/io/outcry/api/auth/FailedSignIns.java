package io.outcry.api.auth;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.store.SessionStore;
import io.outcry.domain.store.User;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes guessing passwords and codes slow without shutting out who is guessed at. Failures from one
 * address make that address wait for that name. Failures from everywhere make everywhere wait,
 * shortly, but for the addresses that the user has signed in from before. Names that nobody has are
 * treated alike. Safe for use by many threads.
 */
final class FailedSignIns {
    private static final int FREE_OF_ADDRESS = 5;
    private static final Duration LONGEST_OF_ADDRESS = Duration.ofMinutes(15);
    private static final int FREE_OF_ALL = 50;
    private static final Duration LONGEST_OF_ALL = Duration.ofSeconds(30);

    private final SessionStore store;
    private final ReturningUsers returning;
    private final Clock clock;

    FailedSignIns(SessionStore store, ReturningUsers returning, Clock clock) {
        this.store = store;
        this.returning = returning;
        this.clock = clock;
    }

    /**
     * Lets pass.
     *
     * @throws io.outcry.api.problem.ProblemException RATE_LIMITED when the sign-in must wait
     */
    void admit(String name, @Nullable User user, String address) {
        Duration wait = store.mustWait(subject(name, address), clock.instant());
        if (wait.isZero() && !returning.include(user, address)) {
            wait = store.mustWait(subject(name, ""), clock.instant());
        }
        if (!wait.isZero()) {
            throw Problem.of(
                            ErrorCode.RATE_LIMITED,
                            "too much shown under that name was wrong; wait")
                    .withRetryAfter(wait)
                    .toException();
        }
    }

    void failed(String name, String address) {
        Duration unused =
                store.failed(
                        subject(name, address),
                        FREE_OF_ADDRESS,
                        LONGEST_OF_ADDRESS,
                        clock.instant());
        unused = store.failed(subject(name, ""), FREE_OF_ALL, LONGEST_OF_ALL, clock.instant());
    }

    void succeeded(String name, String address) {
        store.succeeded(subject(name, address));
    }

    /** A hash, since people type passwords where names belong. */
    private static String subject(String name, String address) {
        return SecretHash.of(name.toLowerCase(Locale.ROOT) + "\n" + address);
    }
}
