package io.outcry.api.auth;

import io.outcry.domain.store.ApiKeyStore;
import io.outcry.domain.store.SessionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions and API keys that were ended before they would have expired. What this replica ends
 * counts at once; what another has ended, as soon as a thread of its own has asked the database
 * again. So looking costs a request nothing, and nobody waits. Without the database what others end
 * is not heard of, and their access tokens last as long as they were made for. Safe for use by many
 * threads.
 */
public final class EndedCredentials implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndedCredentials.class);
    private static final Duration PERIOD = Duration.ofMillis(250);

    /** What a replica's clock may be behind another's, and a write be in coming. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private static final Duration PRUNE_PERIOD = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(30);

    private final SessionStore sessions;
    private final ApiKeyStore keys;
    private final Duration memory;
    private final Clock clock;
    private final Map<UUID, Instant> ended = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> new Thread(task, "ended-credentials"));

    // For the thread alone.
    private Instant askedAt;
    private Instant prunedAt;

    /**
     * Knows of none yet.
     *
     * @param memory how long what was ended could still be tried
     */
    public EndedCredentials(SessionStore sessions, ApiKeyStore keys, Duration memory, Clock clock) {
        this.sessions = sessions;
        this.keys = keys;
        this.memory = memory;
        this.clock = clock;
        askedAt = clock.instant().minus(memory);
        prunedAt = clock.instant();
    }

    /** Begins to ask. */
    @SuppressWarnings("FutureReturnValueIgnored") // The task catches whatever it throws.
    public void start() {
        thread.scheduleWithFixedDelay(this::ask, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ask() {
        try {
            Instant now = clock.instant();
            Instant since = askedAt.minus(OVERLAP);
            sessions.endedSince(since).forEach(id -> ended.putIfAbsent(id, now));
            keys.deletedSince(since).forEach(id -> ended.putIfAbsent(id, now));
            askedAt = now;
            ended.values().removeIf(seen -> seen.plus(memory).plus(OVERLAP).isBefore(now));
            if (prunedAt.plus(PRUNE_PERIOD).isBefore(now)) {
                prunedAt = now;
                sessions.prune(now.minus(KEPT));
            }
        } catch (RuntimeException e) {
            LOG.debug("ended credentials are not known right now", e);
        }
    }

    /** Ends it on this replica; the stores tell the others. */
    void add(UUID credential) {
        ended.put(credential, clock.instant());
    }

    /** Whether it was ended. */
    public boolean contains(UUID credential) {
        return ended.containsKey(credential);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
