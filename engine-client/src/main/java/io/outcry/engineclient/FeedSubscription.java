package io.outcry.engineclient;

import io.grpc.Status;
import io.outcry.domain.engine.EventFeed;
import io.outcry.domain.engine.EventListener;
import io.outcry.domain.engine.EventListener.FeedFailure;
import io.outcry.domain.engine.EventListener.FeedFailure.Reason;
import io.outcry.domain.event.Event;
import io.outcry.engine.v1.EventBatch;
import io.outcry.engine.v1.SubscribeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to one listener, on one thread, which also connects and reconnects. {@link
 * #close} is thread-safe; all else happens on that thread.
 */
final class FeedSubscription implements EventFeed.Subscription, FeedStream.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(FeedSubscription.class);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final EngineSettings settings;
    private final Transport transport;
    private final EventListener listener;
    private final Consumer<FeedSubscription> onClosed;
    private final Reconnection reconnection;
    private final ScheduledThreadPoolExecutor worker;

    private long lastSequence;
    private long lastTimeNanos;
    private boolean heard;

    // Guarded by this.
    private @Nullable FeedStream stream;
    private @Nullable Thread delivering;
    private boolean closed;

    FeedSubscription(
            EngineSettings settings,
            Transport transport,
            long afterSequence,
            long afterTimeNanos,
            EventListener listener,
            Consumer<FeedSubscription> onClosed) {
        this.settings = settings;
        this.transport = transport;
        this.listener = listener;
        this.onClosed = onClosed;
        lastSequence = afterSequence;
        lastTimeNanos = afterTimeNanos;
        reconnection =
                new Reconnection(
                        "The event feed of the engine at " + settings.target(),
                        RandomGenerator.getDefault(),
                        System.nanoTime());
        worker =
                new ScheduledThreadPoolExecutor(
                        1, task -> Transport.daemon(task, "outcry-engine-subscription"));
        // What a closed subscription's connection still reports is of no interest.
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        worker.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    void start() {
        worker.execute(this::connect);
        schedule(this::tick, Silence.TICK_NANOS);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Waits for a call to the listener that is under way, at most 2 s, unless called from it.
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (stream != null) {
                stream.cut();
            }
        }
        Waiting.uninterruptibly(CLOSE_LIMIT, this::awaitDelivery);
        worker.shutdown();
        onClosed.accept(this);
    }

    private void connect() {
        heard = false;
        synchronized (this) {
            if (!closed) {
                stream =
                        FeedStream.start(
                                transport, worker, settings.silenceLimit(), request(), this);
            }
        }
    }

    private SubscribeRequest request() {
        return SubscribeRequest.newBuilder()
                .setAfterSequence(lastSequence)
                .setAfterTime(lastTimeNanos)
                .build();
    }

    private synchronized void tick() {
        if (stream != null) {
            stream.tick(System.nanoTime());
        }
        schedule(this::tick, Silence.TICK_NANOS);
    }

    @Override
    public void onBatch(FeedStream from, EventBatch batch) {
        if (!heard) {
            heard = true;
            reconnection.connected(System.nanoTime());
        }
        try {
            List<Event> events = decode(batch);
            if (events.isEmpty() || deliver(from, events, batch.getDurableSequence())) {
                from.requestNext();
            }
        } catch (UnreadableMessageException e) {
            from.drop();
            fail(new FeedFailure(Reason.GAP, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void onEnd(FeedStream ended, Status.Code code, String reason) {
        switch (code) {
            case FAILED_PRECONDITION -> fail(new FeedFailure(Reason.AHEAD_OF_ENGINE, reason));
            case OUT_OF_RANGE -> fail(new FeedFailure(Reason.NO_LONGER_RETAINED, reason));
            default -> retry(reason);
        }
    }

    private List<Event> decode(EventBatch batch) {
        List<Event> events = new ArrayList<>(batch.getEventsCount());
        long expected = lastSequence + 1;
        for (io.outcry.engine.v1.Event event : batch.getEventsList()) {
            if (event.getSequence() != expected) {
                throw new UnreadableMessageException(
                        "event " + event.getSequence() + " came where " + expected + " belongs");
            }
            events.add(EventDecoder.decode(event));
            expected++;
        }
        return Collections.unmodifiableList(events);
    }

    /** Whether the listener has taken the events. */
    private boolean deliver(FeedStream from, List<Event> events, long durableSequence) {
        if (!beginDelivery()) {
            return false;
        }
        try {
            listener.onEvents(events, durableSequence);
            lastSequence += events.size();
            lastTimeNanos = events.get(events.size() - 1).timeNanos();
            return true;
        } catch (RuntimeException e) {
            LOG.error("The listener failed at the events after {}", lastSequence, e);
            from.drop();
            retry("its listener failed");
            return false;
        } finally {
            endDelivery();
        }
    }

    private void retry(String reason) {
        long delayNanos = reconnection.delayNanos(System.nanoTime(), reason);
        schedule(this::connect, delayNanos);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Failures are logged.
    private void schedule(Runnable task, long delayNanos) {
        worker.schedule(Failures.logged(task), delayNanos, TimeUnit.NANOSECONDS);
    }

    private void fail(FeedFailure failure) {
        if (!beginDelivery()) {
            return;
        }
        LOG.error("The event feed after {} has failed: {}", lastSequence, failure);
        try {
            listener.onFailed(failure);
        } finally {
            endDelivery();
            close();
        }
    }

    private synchronized boolean beginDelivery() {
        if (closed) {
            return false;
        }
        delivering = Thread.currentThread();
        return true;
    }

    private synchronized void endDelivery() {
        delivering = null;
        notifyAll();
    }

    private synchronized boolean awaitDelivery(long timeout, TimeUnit unit)
            throws InterruptedException {
        long end = System.nanoTime() + unit.toNanos(timeout);
        while (delivering != null && delivering != Thread.currentThread()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
