package io.outcry.load.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * Serves any number of connections and timers on one thread: the one that calls {@link #run}. Not
 * thread-safe: the loop, its connections and all that they call belong to that thread.
 */
public final class EventLoop implements AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SWEEP_NANOS = 10 * NANOS_PER_MILLI;
    private static final int INPUT_BYTES = 64 * 1024;

    private record Timer(long dueNanos, Runnable action) {}

    private final long origin = System.nanoTime();
    private final Selector selector;
    private final Alarm alarm;
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::dueNanos));
    private final List<Connection> connections = new ArrayList<>();

    private long nextSweepNanos;

    public EventLoop() throws IOException {
        selector = Selector.open();
        alarm = new Alarm(selector::wakeup);
    }

    /** Nanoseconds since this loop was made: the clock of everything on it. */
    public long now() {
        return System.nanoTime() - origin;
    }

    /**
     * Runs the action on the loop's thread at a time of {@link #now()}'s clock, soon when that has
     * passed.
     */
    public void at(long dueNanos, Runnable action) {
        timers.add(new Timer(dueNanos, action));
    }

    /** Serves until that holds; it is asked after every round of events. */
    public void run(BooleanSupplier done) throws IOException {
        while (!done.getAsBoolean()) {
            await();
            sweepOverdue();
            fireDue();
        }
    }

    @Override
    public void close() throws IOException {
        alarm.close();
        for (Connection connection : connections) {
            connection.close();
        }
        selector.close();
    }

    void add(Connection connection) {
        connections.add(connection);
    }

    SelectionKey register(SocketChannel channel, Connection connection) throws IOException {
        return channel.register(selector, 0, connection);
    }

    /**
     * An empty buffer that every connection may read into, and must have emptied when it returns to
     * the loop.
     */
    ByteBuffer emptyInput() {
        return input.clear();
    }

    private void await() throws IOException {
        Timer next = timers.peek();
        long now = now();
        long untilSweep = nextSweepNanos - now;
        long untilTimer = next == null ? Long.MAX_VALUE : next.dueNanos() - now;
        if (Math.min(untilSweep, untilTimer) <= 0) {
            selector.selectNow(EventLoop::dispatch);
            return;
        }
        if (untilTimer < NANOS_PER_MILLI) {
            alarm.set(origin + now + untilTimer);
        }
        long wholeMillis = Math.min(untilSweep, untilTimer) / NANOS_PER_MILLI;
        selector.select(EventLoop::dispatch, Math.max(1, wholeMillis));
    }

    private static void dispatch(SelectionKey key) {
        ((Connection) key.attachment()).ready();
    }

    /**
     * Deadlines are checked now and then instead of by a timer per request, of which there would be
     * thousands.
     */
    private void sweepOverdue() {
        long now = now();
        if (now < nextSweepNanos) {
            return;
        }
        nextSweepNanos = now + SWEEP_NANOS;
        for (Connection connection : connections) {
            connection.expire(now);
        }
    }

    private void fireDue() {
        long now = now();
        for (Timer timer = timers.peek();
                timer != null && timer.dueNanos() <= now;
                timer = timers.peek()) {
            timers.remove();
            timer.action().run();
        }
    }
}
