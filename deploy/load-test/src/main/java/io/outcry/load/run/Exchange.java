package io.outcry.load.run;

import io.outcry.load.flow.Action;
import org.jspecify.annotations.Nullable;

/**
 * One order or cancel of a client, from when it is due until it has ended. Lives on the loop's
 * thread.
 */
final class Exchange {
    private final Action action;
    private final @Nullable String clientOrderId;
    private final byte[] request;
    private final long dueNanos;
    private final long firstSentNanos;
    private int attempts;

    Exchange(
            Action action,
            @Nullable String clientOrderId,
            byte[] request,
            long dueNanos,
            long firstSentNanos) {
        this.action = action;
        this.clientOrderId = clientOrderId;
        this.request = request;
        this.dueNanos = dueNanos;
        this.firstSentNanos = firstSentNanos;
    }

    Action action() {
        return action;
    }

    @Nullable String clientOrderId() {
        return clientOrderId;
    }

    /** The same bytes at every attempt. */
    byte[] request() {
        return request;
    }

    long dueNanos() {
        return dueNanos;
    }

    long firstSentNanos() {
        return firstSentNanos;
    }

    int attempts() {
        return attempts;
    }

    void countAttempt() {
        attempts++;
    }
}
