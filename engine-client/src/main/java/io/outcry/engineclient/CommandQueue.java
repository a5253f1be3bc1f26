package io.outcry.engineclient;

import io.outcry.domain.engine.Outcome;
import io.outcry.engine.v1.Command;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hands commands from the threads that submit them to the event loop that sends them. The first to
 * find no send scheduled schedules one; what has gathered by the time the loop comes to it goes out
 * together. So an idle client sends at once, and a busy one sends fewer, larger batches.
 *
 * <p>{@link #submit} and the waits are thread-safe, the rest is for the event loop only. A command
 * takes a place in the window when it is accepted and keeps it until {@link #release}.
 */
final class CommandQueue {
    private static final int CANCEL_RESERVE_SHARE = 8;

    /** When to try again after too much was waiting: such a crowd is gone in a moment. */
    static final Duration OVERLOAD_RETRY = Duration.ofMillis(100);

    /** When to try again without an engine: about what its restart takes. */
    static final Duration CONNECTION_RETRY = Duration.ofSeconds(1);

    private static final Outcome.Refused<?> NOT_CONNECTED =
            new Outcome.Refused<>("no connection to the engine", CONNECTION_RETRY);
    private static final Outcome.Refused<?> WINDOW_FULL =
            new Outcome.Refused<>("too many commands await the engine's answer", OVERLOAD_RETRY);
    private static final Outcome.Refused<?> NOT_TAKEN =
            new Outcome.Refused<>("the engine took no commands in time", CONNECTION_RETRY);

    private final long deadlineNanos;
    private final Executor eventLoop;
    private final Runnable send;

    private final Queue<Pending<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicBoolean sendScheduled = new AtomicBoolean();
    private final Object opening = new Object();

    /** How many commands may be unanswered; 0: closed, nothing is taken. */
    private volatile int window;

    /**
     * @param send run on the event loop when commands are waiting; it must call {@link #sending}
     */
    CommandQueue(Duration commandDeadline, Executor eventLoop, Runnable send) {
        deadlineNanos = commandDeadline.toNanos();
        this.eventLoop = eventLoop;
        this.send = send;
    }

    /** What a command may take of the window. */
    enum Share {
        ALL,
        ALL_BUT_CANCEL_RESERVE
    }

    /**
     * Takes a command, or refuses it.
     *
     * @param onRelease run once, when the command takes up its place no longer and before its
     *     outcome is told: also when it is refused
     */
    <T> CompletableFuture<Outcome<T>> submit(
            Command.Builder command, Share share, ResultDecoder<T> decoder, Runnable onRelease) {
        int taken = unanswered.incrementAndGet();
        // Read after the increment: who closes the window either counts this command or stops it.
        int limit = window;
        if (taken > allowed(limit, share)) {
            unanswered.decrementAndGet();
            onRelease.run();
            return CompletableFuture.completedFuture(
                    Pending.refusal(limit == 0 ? NOT_CONNECTED : WINDOW_FULL));
        }
        Pending<T> pending =
                new Pending<>(command, decoder, System.nanoTime() + deadlineNanos, onRelease);
        waiting.add(pending);
        if (!sendScheduled.get() && sendScheduled.compareAndSet(false, true)) {
            eventLoop.execute(send);
        }
        return pending.future();
    }

    private static int allowed(int window, Share share) {
        return switch (share) {
            case ALL -> window;
            case ALL_BUT_CANCEL_RESERVE -> window - window / CANCEL_RESERVE_SHARE;
        };
    }

    boolean isOpen() {
        return window > 0;
    }

    /** Whether the window opened within the limit. */
    boolean awaitOpen(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (opening) {
            while (window == 0) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(opening, left);
            }
            return true;
        }
    }

    void open(int newWindow) {
        synchronized (opening) {
            window = newWindow;
            opening.notifyAll();
        }
    }

    /** Takes no more; thread-safe. */
    void close() {
        window = 0;
    }

    /** From now on a submission schedules a send again. */
    void sending() {
        sendScheduled.set(false);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Nullable Pending<?> poll() {
        return waiting.poll();
    }

    /** Gives back the place of a command that was polled. */
    void release(Pending<?> pending) {
        unanswered.decrementAndGet();
        pending.released();
    }

    /** Whether every accepted command has been released. */
    boolean idle() {
        return unanswered.get() == 0;
    }

    /** Refuses all that is waiting, for want of a connection. */
    void refuseAll() {
        for (Pending<?> pending = waiting.poll(); pending != null; pending = waiting.poll()) {
            release(pending);
            pending.refuse(NOT_CONNECTED);
        }
    }

    /** Refuses what has waited for its whole deadline; the queue is in the order of deadlines. */
    void refuseOverdue(long nowNanos) {
        Pending<?> head = waiting.peek();
        while (head != null && head.overdue(nowNanos)) {
            waiting.remove();
            release(head);
            head.refuse(NOT_TAKEN);
            head = waiting.peek();
        }
    }
}
