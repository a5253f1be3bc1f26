package io.outcry.api.limit;

/** Kinds of requests that are counted apart, each by account or by address. */
public enum LimitClass {
    /**
     * Placements, dry runs, replacements and deposits, by account; a batch counts as its orders.
     */
    ORDERS,
    /** Cancels, by account. */
    CANCELS,
    /** Everything else of who is signed in, subscriptions too, by account. */
    READS,
    /** What is open to anyone, by address. */
    PUBLIC,
    /** Tokens and signatures that were not good, by address. */
    CREDENTIALS,
    /** Sign-ins and renewals, by address. */
    SIGN_INS,
    /** Registrations, by address. */
    REGISTRATIONS
}
