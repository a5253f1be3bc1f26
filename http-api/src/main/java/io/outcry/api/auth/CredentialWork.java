package io.outcry.api.auth;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs what hashes passwords on a few threads of its own, so that a flood of sign-ins costs the
 * orders nothing but processor time. What would wait too long is turned away at once. Safe for use
 * by many threads.
 */
public final class CredentialWork implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final long STOP_SECONDS = 5;

    private final ThreadPoolExecutor threads;
    private final long maxWaitNanos;

    /**
     * How much may run and wait.
     *
     * @param maxWait after which work is given up unless it has begun: its sender has gone
     */
    public record Settings(int threads, int queue, Duration maxWait) {}

    public CredentialWork(Settings settings, MeterRegistry registry) {
        maxWaitNanos = settings.maxWait().toNanos();
        threads =
                new ThreadPoolExecutor(
                        settings.threads(),
                        settings.threads(),
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(settings.queue()),
                        task -> new Thread(task, "credentials"));
        Gauge.builder("outcry.credentials.queue", threads, pool -> pool.getQueue().size())
                .description("Sign-ins and registrations that wait for a thread")
                .register(registry);
    }

    /**
     * Runs the work.
     *
     * @throws ProblemException OVERLOADED when too much is waiting; the future fails with it when
     *     the work has waited too long
     */
    <T> CompletableFuture<T> submit(Supplier<T> work) {
        long submittedNanos = System.nanoTime();
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        if (System.nanoTime() - submittedNanos > maxWaitNanos) {
                            throw overloaded();
                        }
                        return work.get();
                    },
                    threads);
        } catch (RejectedExecutionException e) {
            throw overloaded();
        }
    }

    private static ProblemException overloaded() {
        return Problem.of(ErrorCode.OVERLOADED, "too many sign-ins at once")
                .withRetryAfter(RETRY_AFTER)
                .toException();
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
