package io.outcry.api.engine;

import java.time.Duration;

/** Tells when the projection has come to a sequence. Safe for use by many threads. */
@FunctionalInterface
public interface ProjectionWatch {

    /** Blocks until the projection shows the sequence; false when it does not in time. */
    boolean await(long sequence, Duration timeout) throws InterruptedException;
}
