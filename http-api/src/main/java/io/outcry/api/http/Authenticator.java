package io.outcry.api.http;

/** Tells who sends a request. Safe for use by many threads. */
@FunctionalInterface
public interface Authenticator {

    /**
     * Checks who it is.
     *
     * @throws io.outcry.api.problem.ProblemException UNAUTHENTICATED
     */
    Caller authenticate(Exchange exchange);
}
