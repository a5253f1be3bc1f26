package io.outcry.domain.engine;

import io.outcry.domain.order.RejectCode;
import java.time.Duration;

/**
 * What became of a command. Exactly one of four things, and no other: it was done, the engine
 * decided against it, it was never sequenced, or nobody here can tell.
 */
public sealed interface Outcome<T> {

    /**
     * Done, and durable.
     *
     * @param sequence a projection that has reached it shows all that the value shows
     */
    record Done<T>(T value, long sequence) implements Outcome<T> {}

    /**
     * The engine decided against it; nothing was changed. The message names the field and the
     * reason.
     */
    record Rejected<T>(RejectCode code, String message) implements Outcome<T> {}

    /**
     * It did not and will not happen: no connection, or too much was waiting. Safe to send again
     * later.
     */
    record Refused<T>(String message, Duration retryAfter) implements Outcome<T> {}

    /** It was sent, and no answer came in time: it may have happened, may yet, or never will. */
    record Unknown<T>(String message) implements Outcome<T> {}
}
