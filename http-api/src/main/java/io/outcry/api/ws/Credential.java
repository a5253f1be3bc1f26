package io.outcry.api.ws;

import io.outcry.api.http.Caller;

/** What a client has shown; it may cease to be good. Safe for use by many threads. */
@FunctionalInterface
interface Credential {

    /**
     * Whose it is, and what it is good for. May ask the database, and wait for it.
     *
     * @throws io.outcry.api.problem.ProblemException UNAUTHENTICATED
     */
    Caller caller();
}
