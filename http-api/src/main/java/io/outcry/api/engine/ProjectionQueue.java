package io.outcry.api.engine;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits for the projection on behalf of many, none of whom gives up a thread for it: one thread
 * waits for the lowest sequence that somebody asks for, then for the next. It runs from the first
 * question on, and {@link #close} ends it. Safe for use by many threads.
 */
final class ProjectionQueue implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;

    private final ProjectionWatch watch;
    private final long patienceNanos;
    private final PriorityBlockingQueue<Waiting> queue =
            new PriorityBlockingQueue<>(64, Comparator.comparingLong(Waiting::sequence));
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread waiter = new Thread(this::run, "projection-queue");

    private record Waiting(long sequence, long deadlineNanos, CompletableFuture<Boolean> answer) {}

    ProjectionQueue(ProjectionWatch watch, Duration patience) {
        this.watch = watch;
        this.patienceNanos = patience.toNanos();
        waiter.setDaemon(true);
    }

    /** Whether the projection came to the sequence in time; fails when it cannot be asked. */
    CompletableFuture<Boolean> reached(long sequence) {
        if (queue.size() >= MOST_WAITING) {
            throw Problem.of(ErrorCode.OVERLOADED, "too many requests wait for the projection")
                    .toException();
        }
        if (started.compareAndSet(false, true)) {
            waiter.start();
        }
        Waiting waiting =
                new Waiting(sequence, System.nanoTime() + patienceNanos, new CompletableFuture<>());
        queue.add(waiting);
        return waiting.answer();
    }

    private void run() {
        try {
            while (true) {
                await(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Waiting next) throws InterruptedException {
        long left = Math.max(0, next.deadlineNanos() - System.nanoTime());
        try {
            next.answer().complete(watch.await(next.sequence(), Duration.ofNanos(left)));
        } catch (RuntimeException e) {
            next.answer().completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        waiter.interrupt();
    }
}
