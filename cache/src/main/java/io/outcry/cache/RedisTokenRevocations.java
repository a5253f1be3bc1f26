package io.outcry.cache;

import io.outcry.domain.access.TokenRevocations;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.params.SetParams;

/**
 * Revoked tokens in Redis, and in the memory of every replica that revoked one or saw that it was:
 * it stays revoked there whatever Redis loses, and is put back into Redis from there. Safe for use
 * by many threads.
 */
final class RedisTokenRevocations implements TokenRevocations {
    private static final Logger LOG = LoggerFactory.getLogger(RedisTokenRevocations.class);

    private final RedisConnection redis;
    private final Clock clock;

    // Guarded by this: when each expires by itself.
    private final Map<String, Instant> known = new HashMap<>();

    RedisTokenRevocations(RedisConnection redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public void revoke(String tokenId, Instant until) {
        remember(tokenId, until);
        renew();
    }

    @Override
    public boolean revoked(String tokenId) {
        if (isKnown(tokenId)) {
            return true;
        }
        String key = key(tokenId);
        long millis = redis.call("looking for a revoked token", key, client -> client.pttl(key));
        if (millis <= 0) {
            return false;
        }
        remember(tokenId, clock.instant().plusMillis(millis));
        return true;
    }

    private synchronized void remember(String tokenId, Instant until) {
        known.put(tokenId, until);
    }

    private synchronized boolean isKnown(String tokenId) {
        return known.containsKey(tokenId);
    }

    /** Forgets those that have expired. */
    private synchronized Map<String, Long> remainingMillis() {
        Instant now = clock.instant();
        Map<String, Long> remaining = new HashMap<>();
        Iterator<Map.Entry<String, Instant>> each = known.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Instant> token = each.next();
            long millis = token.getValue().toEpochMilli() - now.toEpochMilli();
            if (millis > 0) {
                remaining.put(token.getKey(), millis);
            } else {
                each.remove();
            }
        }
        return remaining;
    }

    /** Puts into Redis what this replica knows; what fails is tried again the next time. */
    void renew() {
        List<RedisPipeline.Command> commands =
                remainingMillis().entrySet().stream()
                        .map(token -> revoking(key(token.getKey()), token.getValue()))
                        .toList();
        try {
            RedisPipeline.send(redis, "revoking tokens", commands);
        } catch (CacheUnavailableException e) {
            LOG.debug("revoked tokens wait for Redis", e);
        }
    }

    private static RedisPipeline.Command revoking(String key, long millis) {
        return new RedisPipeline.Command(
                key, pipeline -> pipeline.set(key, "1", SetParams.setParams().px(millis)));
    }

    private static String key(String tokenId) {
        return "outcry:{" + tokenId + "}:revoked";
    }
}
