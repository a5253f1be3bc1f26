package io.outcry.engineclient;

import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts failures into words. Thread-safe. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** Code, description and deepest cause, such as {@code UNAVAILABLE: io exception: refused}. */
    static String describe(Throwable error) {
        Status status = Status.fromThrowable(error);
        StringBuilder text = new StringBuilder(status.getCode().name());
        if (status.getDescription() != null) {
            text.append(": ").append(status.getDescription());
        }
        Throwable cause = status.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null
                ? text.toString()
                : text.append(": ").append(cause.getMessage()).toString();
    }

    /** The task, for an executor that would keep its failure to itself. */
    static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A background task failed", e);
                throw e;
            }
        };
    }
}
