package io.outcry.engineclient;

import io.outcry.domain.engine.Outcome;
import io.outcry.engine.v1.Command;
import io.outcry.engine.v1.Result;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command that awaits its outcome. Made by the thread that submits it, then the event loop's
 * alone, but for the future.
 */
final class Pending<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

    private final Command.Builder command;
    private final ResultDecoder<T> decoder;
    private final long deadlineNanos;
    private final Runnable onRelease;
    private final CompletableFuture<Outcome<T>> future = new CompletableFuture<>();

    private long requestId;

    Pending(
            Command.Builder command,
            ResultDecoder<T> decoder,
            long deadlineNanos,
            Runnable onRelease) {
        this.command = command;
        this.decoder = decoder;
        this.deadlineNanos = deadlineNanos;
        this.onRelease = onRelease;
    }

    CompletableFuture<Outcome<T>> future() {
        return future;
    }

    Command number(long id) {
        requestId = id;
        return command.setRequestId(id).build();
    }

    long requestId() {
        return requestId;
    }

    void released() {
        onRelease.run();
    }

    boolean overdue(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    void answer(Result result) {
        if (!future.isDone()) {
            future.complete(outcome(result));
        }
    }

    void refuse(Outcome.Refused<?> reason) {
        future.complete(refusal(reason));
    }

    static <T> Outcome<T> refusal(Outcome.Refused<?> reason) {
        return new Outcome.Refused<>(reason.message(), reason.retryAfter());
    }

    void leaveUnknown(String message) {
        future.complete(new Outcome.Unknown<>(message));
    }

    private Outcome<T> outcome(Result result) {
        try {
            return ResultDecoder.outcome(result, decoder);
        } catch (RuntimeException e) {
            LOG.error("Cannot read the engine's answer {}", result, e);
            return new Outcome.Unknown<>("the engine's answer cannot be read: " + e.getMessage());
        }
    }
}
