package io.outcry.api.auth;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.outcry.api.metrics.WorkerWaits;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One line of work that hashes passwords, with threads of its own. What cannot be done in time is
 * turned away at once, and no address may fill more than half of the line. Safe for use by many
 * threads.
 */
final class CredentialLine implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final long STOP_SECONDS = 5;

    private final ThreadPoolExecutor threads;
    private final ProcessorAllowance allowance;
    private final Duration maxWait;
    private final int maxOfAddress;
    private final Timer waits;
    private final Map<String, Integer> unfinished = new ConcurrentHashMap<>();

    CredentialLine(
            String name, CredentialWork.Settings settings, double share, MeterRegistry registry) {
        maxWait = settings.maxWait();
        maxOfAddress = settings.threads() + (settings.queue() + 1) / 2;
        allowance = new ProcessorAllowance(share, settings.burst());
        threads =
                new ThreadPoolExecutor(
                        settings.threads(),
                        settings.threads(),
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(settings.queue()),
                        task -> new Thread(task, name));
        waits = new WorkerWaits(registry).of(name);
        Gauge.builder("outcry.credentials.queue", threads, pool -> pool.getQueue().size())
                .tag("line", name)
                .description("Sign-ins or registrations that wait for a thread")
                .register(registry);
    }

    /**
     * Runs the work.
     *
     * @throws ProblemException OVERLOADED when too much is waiting; the future fails with it when
     *     the work has waited too long
     */
    <T> CompletableFuture<T> submit(String address, Supplier<T> work) {
        return offer(address, work).orElseThrow(CredentialLine::overloaded);
    }

    /** Runs the work, or returns nothing when too much is waiting. */
    <T> Optional<CompletableFuture<T>> offer(String address, Supplier<T> work) {
        if (!entered(address)) {
            return Optional.empty();
        }
        long enteredNanos = System.nanoTime();
        try {
            return Optional.of(
                    CompletableFuture.supplyAsync(() -> inTurn(work, enteredNanos), threads)
                            .whenComplete((done, failure) -> leave(address)));
        } catch (RejectedExecutionException e) {
            leave(address);
            return Optional.empty();
        }
    }

    private <T> T inTurn(Supplier<T> work, long enteredNanos) {
        try {
            return allowance.run(
                    () -> {
                        long waitedNanos = System.nanoTime() - enteredNanos;
                        waits.record(waitedNanos, TimeUnit.NANOSECONDS);
                        if (waitedNanos > maxWait.toNanos()) {
                            throw overloaded();
                        }
                        return work.get();
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw overloaded();
        }
    }

    /**
     * Counts the address in, if the line is short enough: half as long for one that has work in it
     * already, so that the other half is there for the others.
     */
    private boolean entered(String address) {
        int count = unfinished.merge(address, 1, Integer::sum);
        Duration longest = count == 1 ? maxWait : maxWait.dividedBy(2);
        boolean tooLong = allowance.waitBehind(threads.getQueue().size()).compareTo(longest) > 0;
        if (tooLong || count > maxOfAddress) {
            leave(address);
            return false;
        }
        return true;
    }

    private void leave(String address) {
        unfinished.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }

    private static ProblemException overloaded() {
        return Problem.of(ErrorCode.OVERLOADED, "too many sign-ins or registrations at once")
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
