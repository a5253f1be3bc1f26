package io.outcry.e2e;

import static org.awaitility.Awaitility.await;

import io.outcry.domain.engine.EventListener;
import io.outcry.domain.event.Event;
import io.outcry.engineclient.EngineFeed;
import io.outcry.engineclient.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything the engine tells, from its first event on. The feed's thread writes; reading waits for
 * it.
 */
final class RecordedFeed implements EventListener, AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final EngineFeed feed;
    private final List<Event> events = new ArrayList<>();
    private long durable;
    private Optional<FeedFailure> failure = Optional.empty();

    private RecordedFeed(EngineFeed feed) {
        this.feed = feed;
    }

    static RecordedFeed of(String engineTarget) {
        EngineFeed feed = EngineFeed.of(EngineSettings.of(engineTarget));
        RecordedFeed recorded = new RecordedFeed(feed);
        feed.subscribe(0, recorded);
        return recorded;
    }

    /** All events up to the sequence, which is waited for. */
    List<Event> until(long sequence) {
        await().atMost(LIMIT).until(() -> count() >= sequence || failure().isPresent());
        synchronized (this) {
            return List.copyOf(events);
        }
    }

    synchronized long count() {
        return events.size();
    }

    synchronized long durable() {
        return durable;
    }

    synchronized Optional<FeedFailure> failure() {
        return failure;
    }

    @Override
    public synchronized void onEvents(List<Event> more, long durableSequence) {
        events.addAll(more);
        durable = Math.max(durable, durableSequence);
    }

    @Override
    public synchronized void onFailed(FeedFailure reason) {
        failure = Optional.of(reason);
    }

    @Override
    public void close() {
        feed.close();
    }
}
