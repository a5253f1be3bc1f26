package io.outcry.api;

import io.outcry.domain.engine.EventFeed.Subscription;
import io.outcry.domain.engine.EventListener;
import io.outcry.domain.event.Event;
import io.outcry.engineclient.EngineFeed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether the engine still tells its events from the very first on, which it does not when its
 * journal was compacted. Used once; thread-safe.
 */
final class FirstEvents implements EventListener {
    private final CompletableFuture<Optional<String>> heard = new CompletableFuture<>();

    private FirstEvents() {}

    /**
     * Why they cannot be had; empty when they can. For an engine that has at least one event.
     *
     * @param patience how long the engine may take to answer
     */
    static Optional<String> problem(EngineFeed feed, Duration patience)
            throws InterruptedException {
        FirstEvents first = new FirstEvents();
        Subscription subscription = feed.subscribe(0, first);
        try {
            return first.heard.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of("the engine does not answer");
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody completes it so", e);
        } finally {
            subscription.close();
        }
    }

    @Override
    public void onEvents(List<Event> events, long durableSequence) {
        heard.complete(Optional.empty());
    }

    @Override
    public void onFailed(FeedFailure failure) {
        heard.complete(Optional.of(failure.reason() + ": " + failure.message()));
    }
}
