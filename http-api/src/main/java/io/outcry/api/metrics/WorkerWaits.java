package io.outcry.api.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** How long work waits until one of the threads that may block takes it up. Immutable. */
public final class WorkerWaits {
    private final StageTimers waits;

    public WorkerWaits(MeterRegistry registry) {
        waits =
                new StageTimers(
                        registry,
                        "outcry.worker.waits",
                        "What waits for a thread that may block, until it is taken up",
                        "pool");
    }

    /** Of one pool of threads. */
    public Timer of(String pool) {
        return waits.of(pool);
    }

    /** The same pool, with every wait measured; what it refuses it refuses still. */
    public Executor measured(String pool, Executor threads) {
        Timer timer = waits.of(pool);
        return task -> {
            long sinceNanos = System.nanoTime();
            threads.execute(
                    () -> {
                        timer.record(System.nanoTime() - sinceNanos, TimeUnit.NANOSECONDS);
                        task.run();
                    });
        };
    }
}
