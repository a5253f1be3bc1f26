package io.outcry.api.auth;

import io.outcry.api.http.Caller;
import io.outcry.api.limit.LimitClass;
import io.outcry.api.limit.Limits;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import java.util.function.Supplier;

/**
 * Counts what is shown and turns out not to be good, and has nothing more checked for whoever has
 * shown too much of that: a signature costs more to check than an order to place. What is good is
 * not counted, however much of it there is. Safe for use by many threads.
 */
final class WrongCredentials {
    private final Limits limits;

    WrongCredentials(Limits limits) {
        this.limits = limits;
    }

    /**
     * Checks what is shown, unless too much was wrong before.
     *
     * @param subject who is counted: an address
     * @throws ProblemException RATE_LIMITED, and what the check throws
     */
    Caller counting(String subject, Supplier<Caller> check) {
        limits.require(LimitClass.CREDENTIALS, subject);
        try {
            return check.get();
        } catch (ProblemException e) {
            if (e.problem().code() == ErrorCode.UNAUTHENTICATED) {
                Limits.Standing unused = limits.admit(LimitClass.CREDENTIALS, subject);
            }
            throw e;
        }
    }
}
