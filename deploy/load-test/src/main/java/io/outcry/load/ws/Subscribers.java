package io.outcry.load.ws;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Many clients that follow one channel of one replica, served by one thread: the one that calls.
 * {@link #startMeasuring} and {@link #stopMeasuring} may be called by any.
 */
public final class Subscribers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * What comes within it is read in one go. Whoever sends would otherwise spend a third of its
     * time on waking this thread, which a client on a machine of its own costs nobody.
     */
    private static final long PAUSE_NANOS = 1_000_000;

    /** Fewer than a replica lets wait for a worker. */
    private static final int AT_ONCE = 100;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Clock clock;
    private final Selector selector = Selector.open();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final ByteBuffer input = ByteBuffer.allocateDirect(256 * 1024);

    /**
     * Records all along: code that first runs when measuring starts would have this thread
     * interpreted for a moment, and half a second's messages late.
     */
    private final SingleWriterRecorder recorder = new SingleWriterRecorder(3);

    private final Heard heard = new Heard();
    private long resyncs;
    private long lost;
    private volatile Histogram delivery = new Histogram(3);

    /**
     * Connects them, and waits until each has its snapshot.
     *
     * @param clock the one of the machine on which the venue runs too
     */
    public Subscribers(URI replica, String channel, int count, Clock clock) throws IOException {
        this.clock = clock;
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        while (subscribers.size() < count) {
            connect(replica, channel, Math.min(AT_ONCE, count - subscribers.size()));
            serve(() -> missing() == 0 || System.nanoTime() > endNanos);
        }
        if (missing() > 0) {
            throw new IOException(missing() + " subscribers had no snapshot");
        }
    }

    private void connect(URI replica, String channel, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Subscriber subscriber = Subscriber.open(replica, channel);
            subscribers.add(subscriber);
            subscriber.channel().register(selector, SelectionKey.OP_READ, subscriber);
        }
    }

    private long missing() {
        return subscribers.stream().filter(each -> !each.following()).count();
    }

    /** Serves until that holds. */
    public void serve(BooleanSupplier done) throws IOException {
        while (!done.getAsBoolean()) {
            int unused = selector.selectNow(this::ready);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void ready(SelectionKey key) {
        try {
            ((Subscriber) key.attachment()).read(input, heard);
        } catch (IOException e) {
            lost++;
            key.cancel();
        }
    }

    /** What was heard until now does not count. */
    public void startMeasuring() {
        recorder.reset();
    }

    /** What is heard from now on does not count. */
    public void stopMeasuring() {
        delivery = recorder.getIntervalHistogram();
    }

    /** Nanoseconds from the oldest time in a message to its arrival, as of the stop. */
    public Histogram delivery() {
        return delivery;
    }

    /** Subscribers that were told that something is missing. */
    public long resyncs() {
        return resyncs;
    }

    /** Subscribers whose connection the server has ended. */
    public long lost() {
        return lost;
    }

    private final class Heard implements Subscriber.Ear {
        /** Many are told the same. */
        private String lastTime = "";

        private Instant last = Instant.EPOCH;

        @Override
        public void update(String time) {
            if (!time.isEmpty()) {
                if (!time.equals(lastTime)) {
                    last = Instant.parse(time);
                    lastTime = time;
                }
                Instant now = clock.instant();
                long nanos =
                        (now.getEpochSecond() - last.getEpochSecond()) * NANOS_PER_SECOND
                                + now.getNano()
                                - last.getNano();
                recorder.recordValue(Math.max(0, nanos));
            }
        }

        @Override
        public void resync() {
            resyncs++;
        }
    }

    @Override
    public void close() throws IOException {
        for (Subscriber subscriber : subscribers) {
            subscriber.channel().close();
        }
        selector.close();
    }
}
