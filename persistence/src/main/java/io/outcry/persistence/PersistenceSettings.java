package io.outcry.persistence;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is, and how long to wait for it.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param poolSize most connections for queries, 1 to 64; the projection's writer adds one of its
 *     own
 * @param connectTimeout how long a query waits for a connection before the database counts as
 *     unavailable, at least 250 ms
 * @param socketTimeout how long an answer may take before the connection counts as dead, at least 1
 *     s
 * @param owner who makes and alters the schema, so that {@code user} need not be allowed to; null:
 *     {@code user} does
 * @param segmentEvents how many of the engine's events make one partition of history, at least 1;
 *     old history is dropped by whole partitions, and a query by id looks into all of them
 */
public record PersistenceSettings(
        String url,
        String user,
        String password,
        @Nullable Owner owner,
        int poolSize,
        Duration connectTimeout,
        Duration socketTimeout,
        long segmentEvents) {

    /** The role that the tables belong to. */
    public record Owner(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /** Some 60 GB of history, and never many partitions. */
    private static final long SEGMENT_EVENTS = 100_000_000;

    public PersistenceSettings {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        require(url.startsWith("jdbc:postgresql:"), "url must start with jdbc:postgresql:");
        require(poolSize >= 1 && poolSize <= 64, "poolSize must be 1 to 64");
        require(connectTimeout.toMillis() >= 250, "connectTimeout must be at least 250 ms");
        require(segmentEvents >= 1, "segmentEvents must be at least 1");
        require(socketTimeout.toSeconds() >= 1, "socketTimeout must be at least 1 s");
    }

    /** Four connections; a dead database costs a query half a second, a frozen one three. */
    public static PersistenceSettings of(String url, String user, String password) {
        return new PersistenceSettings(
                url,
                user,
                password,
                null,
                4,
                Duration.ofMillis(500),
                Duration.ofSeconds(3),
                SEGMENT_EVENTS);
    }

    /** The same with partitions of that many events. */
    public PersistenceSettings withSegmentEvents(long events) {
        return new PersistenceSettings(
                url, user, password, owner, poolSize, connectTimeout, socketTimeout, events);
    }

    /** The same with another role for the schema. */
    public PersistenceSettings withOwner(Owner schemaOwner) {
        return new PersistenceSettings(
                url,
                user,
                password,
                schemaOwner,
                poolSize,
                connectTimeout,
                socketTimeout,
                segmentEvents);
    }

    Owner ownerOrUser() {
        return owner == null ? new Owner(user, password) : owner;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public String toString() {
        return "PersistenceSettings[" + url + ", user " + user + ", pool of " + poolSize + "]";
    }
}
