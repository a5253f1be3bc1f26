package io.outcry.api.http;

import org.jspecify.annotations.Nullable;

/** Tells who sends a request. Safe for use by many threads. */
@FunctionalInterface
public interface Authenticator {

    /**
     * Checks who it is.
     *
     * @param authorization the request's header of that name, null when absent
     * @throws io.outcry.api.problem.ProblemException UNAUTHENTICATED
     */
    Caller authenticate(@Nullable String authorization);
}
