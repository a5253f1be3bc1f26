package io.outcry.engineclient;

import io.outcry.domain.engine.EventFeed;
import io.outcry.domain.engine.EventListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The engine's events, over one gRPC stream for each subscription, which reconnects by itself from
 * the last event delivered.
 *
 * <p>Thread-safe. Each subscription calls its listener on a thread of its own, and asks the engine
 * for more only when the listener has returned, so a slow listener holds up nothing but itself and
 * at most a batch and the connection's window are in memory.
 */
public final class EngineFeed implements EventFeed, AutoCloseable {
    private final EngineSettings settings;
    private final Transport transport;
    private final Set<FeedSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private EngineFeed(EngineSettings settings) {
        this.settings = settings;
        transport = new Transport(settings, "outcry-engine-feed");
    }

    /**
     * Connects with the first subscription.
     *
     * @throws IllegalArgumentException when the target is no name that gRPC can resolve, or the
     *     files for TLS cannot be used
     */
    public static EngineFeed of(EngineSettings settings) {
        return new EngineFeed(settings);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the sequence or the time is below 0
     * @throws IllegalStateException when the feed is closed
     */
    @Override
    public Subscription subscribe(long afterSequence, long afterTimeNanos, EventListener listener) {
        requireNotBelowZero("afterSequence", afterSequence);
        requireNotBelowZero("afterTimeNanos", afterTimeNanos);
        FeedSubscription subscription =
                new FeedSubscription(
                        settings,
                        transport,
                        afterSequence,
                        afterTimeNanos,
                        listener,
                        subscriptions::remove);
        subscriptions.add(subscription);
        if (closed.get()) {
            subscription.close();
            throw new IllegalStateException("the feed is closed");
        }
        subscription.start();
        return subscription;
    }

    private static void requireNotBelowZero(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be below 0, was " + value);
        }
    }

    /** Closes every subscription, then the connection's thread. */
    @Override
    public void close() {
        closed.set(true);
        subscriptions.forEach(FeedSubscription::close);
        transport.close();
    }
}
