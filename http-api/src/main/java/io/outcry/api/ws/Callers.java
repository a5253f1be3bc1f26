package io.outcry.api.ws;

import io.outcry.api.http.Caller;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import java.time.Clock;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells who clients are, and whether they still are; the functions throw UNAUTHENTICATED and
 * RATE_LIMITED. Safe for use by many threads.
 *
 * @param ofToken whose an access token is, that a site shows
 * @param ofKey whose an API key is
 * @param ended whether a session or API key was ended; asked for every order, so never waits
 */
public record Callers(
        BiFunction<String, String, Caller> ofToken,
        Function<UUID, Caller> ofKey,
        Predicate<UUID> ended,
        Clock clock) {

    /** Why what a caller has shown is good no longer; null: it is. Never waits. */
    @Nullable Problem refusal(Caller caller) {
        if (ended.test(caller.credential())) {
            return Problem.of(ErrorCode.UNAUTHENTICATED, "what you authenticated with has ended");
        }
        return clock.instant().isBefore(caller.until())
                ? null
                : Problem.of(ErrorCode.UNAUTHENTICATED, "the access token has expired");
    }
}
