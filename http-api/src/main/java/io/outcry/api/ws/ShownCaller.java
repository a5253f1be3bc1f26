package io.outcry.api.ws;

import io.outcry.api.http.Caller;
import io.outcry.api.http.Route.Access;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection's client has shown to be, if it has. Shown by one thread at a time; safe to be
 * read by all.
 */
final class ShownCaller {
    /** Another has to end first, and nobody knows when. */
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Callers callers;
    private final AccountPlaces places;

    private volatile @Nullable Caller caller;

    ShownCaller(Callers callers, AccountPlaces places) {
        this.callers = callers;
        this.places = places;
    }

    /** Null: nobody has authenticated. */
    @Nullable Caller get() {
        return caller;
    }

    /**
     * Takes what is shown for the first time, or what goes on for longer.
     *
     * @throws ProblemException FORBIDDEN when the connection is another account's, CONNECTION_LIMIT
     *     when the account has connections enough
     */
    void show(Caller now) {
        Caller before = caller;
        if (before == null) {
            takePlace(now);
        } else if (!before.accountId().equals(now.accountId())) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "the connection is another account's");
        }
        caller = now;
    }

    private void takePlace(Caller of) {
        if (!places.take(of.accountId())) {
            throw Problem.of(
                            ErrorCode.CONNECTION_LIMIT,
                            "the account has "
                                    + places.most()
                                    + " connections to this replica, and may have no more")
                    .withRetryAfter(LATER)
                    .toException();
        }
    }

    /** Gives back what the connection took up, once, when nothing more is shown. */
    void leave() {
        Caller shown = caller;
        if (shown != null) {
            places.giveBack(shown.accountId());
        }
    }

    /**
     * Whose private channels may be followed.
     *
     * @throws ProblemException FORBIDDEN when nobody's
     */
    Caller requireReader() {
        Caller shown = caller;
        if (shown == null) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN, "the channel wants authentication first");
        }
        if (!shown.may().contains(Access.READ)) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN, "what you authenticated with is not good for this");
        }
        return shown;
    }

    /** When what was shown expires; MAX: never, or nothing was shown. */
    Instant until() {
        Caller shown = caller;
        return shown == null ? Instant.MAX : shown.until();
    }

    /** Why what was shown is good no longer; null: it is, or nothing was shown. Never waits. */
    @Nullable Problem refusal() {
        Caller shown = caller;
        return shown == null ? null : callers.refusal(shown);
    }
}
