package io.outcry.load.run;

import org.jspecify.annotations.Nullable;

/** What became of one request of a client. */
sealed interface Outcome {
    /** How reports count it, among outcomes of its kind. */
    String label();

    /** Whether the venue decided: it took the order or said that a rule forbids it. */
    default boolean isDecided() {
        return this instanceof Accepted || this instanceof Rejected;
    }

    /**
     * The venue took the order, or canceled it.
     *
     * @param label the order's status, or CANCELED for a cancel whose answer carries none
     * @param orderId the venue's id, null when the answer carries none
     */
    record Accepted(
            String label,
            @Nullable String orderId,
            @Nullable String filledQuantity,
            @Nullable String sequence)
            implements Outcome {

        boolean rests() {
            return label.equals("NEW") || label.equals("PARTIALLY_FILLED");
        }
    }

    /** A rule of the venue forbids it (409, 422; for a cancel 404 too). */
    record Rejected(String label) implements Outcome {}

    /**
     * The venue would not take it now (429, 503); nothing was done.
     *
     * @param retryAfterSeconds what it asked for, or -1
     */
    record Refused(String label, long retryAfterSeconds) implements Outcome {}

    /**
     * It may or may not have been carried out: a lost answer, 504, or an error of the venue's own.
     */
    record Unknown(String label) implements Outcome {}

    /** No connection could be made, so nothing was done. */
    record NotSent(String label) implements Outcome {}

    /** Any other answer: the request was wrong, or the venue thinks so. */
    record Failed(String label) implements Outcome {}
}
