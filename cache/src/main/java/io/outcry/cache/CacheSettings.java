package io.outcry.cache;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, and how little to wait for it.
 *
 * @param uri {@code redis://[user:password@]host:port[/database]}, or {@code rediss://} for TLS;
 *     with {@code ?cluster=true} that of any server of a Redis Cluster
 * @param timeout for a connection and for an answer each, 1 to 1000 ms
 * @param pause how long Redis is left alone after it failed, above 0
 * @param expiry after which data that nobody renews is gone, at least 1 s: no data is better than
 *     old data that looks new
 * @param poolSize most connections, 1 to 64
 * @param authorities certificates in PEM, of whom one must have signed the server's; null: those
 *     that Java trusts. The server's name is checked in any case
 */
public record CacheSettings(
        URI uri,
        Duration timeout,
        Duration pause,
        Duration expiry,
        int poolSize,
        @Nullable Path authorities) {

    /**
     * For threads on which nobody waits. Long beside the hiccups of a machine that is short of
     * processors.
     */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration ORDER_EXPIRY = Duration.ofMinutes(10);

    public CacheSettings {
        require(isRedis(uri), "uri must be redis://host:port or rediss://host:port");
        require(
                uri.getQuery() == null || "cluster=true".equals(uri.getQuery()),
                "uri may have no query but cluster=true");
        require(timeout.toMillis() >= 1 && timeout.toMillis() <= 1000, "timeout: 1 to 1000 ms");
        require(!pause.isZero() && !pause.isNegative(), "pause must be above 0");
        require(expiry.toSeconds() >= 1, "expiry must be at least 1 s");
        require(poolSize >= 1 && poolSize <= 64, "poolSize must be 1 to 64");
    }

    /**
     * 50 ms at most for an answer, half a second of pause after failures, 10 s until old is gone.
     */
    public static CacheSettings of(URI uri) {
        return new CacheSettings(
                uri,
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                8,
                null);
    }

    /** The same with other authorities for TLS, in PEM. */
    public CacheSettings withAuthorities(Path pem) {
        return new CacheSettings(uri, timeout, pause, expiry, poolSize, pem);
    }

    /**
     * The same for what would be lost for thousands if it were given up as soon as a request is.
     */
    CacheSettings patient() {
        Duration longer = timeout.compareTo(PATIENCE) > 0 ? timeout : PATIENCE;
        return new CacheSettings(uri, longer, pause, expiry, poolSize, authorities);
    }

    /** How long orders that have ended are kept. */
    Duration orderExpiry() {
        return ORDER_EXPIRY;
    }

    /** Whether the address is one of a cluster's. */
    public boolean cluster() {
        return "cluster=true".equals(uri.getQuery());
    }

    private static boolean isRedis(URI uri) {
        boolean scheme = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
        return scheme && uri.getHost() != null && uri.getPort() > 0;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Without the user's part of the URI, which may hold a password. */
    @Override
    public String toString() {
        return "CacheSettings["
                + uri.getScheme()
                + "://"
                + uri.getHost()
                + ":"
                + uri.getPort()
                + ", timeout "
                + timeout.toMillis()
                + " ms]";
    }
}
