package io.outcry.cache;

import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Counts in Redis, one script for each decision, by Redis's clock. While Redis is away each replica
 * counts by itself, and gives out no more than its share. Safe for use by many threads.
 */
final class RedisRateLimiter implements RateLimiter {
    /**
     * The key holds the time at which all permits would be back, in microseconds: each one taken
     * puts it off by an interval. Behind it stands who took the last one: a cluster is asked again
     * when its answer is lost, and must not refuse then what it has granted. {allowed, microseconds
     * to wait}.
     */
    private static final String SCRIPT =
            """
            local clock = redis.call('TIME')
            local now = clock[1] * 1000000 + clock[2]
            local interval = tonumber(ARGV[1])
            local full, taker = now, ''
            local kept = redis.call('GET', KEYS[1])
            if kept then full, taker = string.match(kept, '^(%d+) ?(.*)$') end
            if taker == ARGV[3] then return {1, 0} end
            full = tonumber(full)
            if full < now then full = now end
            local wait = full - now - interval * (tonumber(ARGV[2]) - 1)
            if wait > 0 then return {0, wait} end
            full = full + interval
            redis.call('SET', KEYS[1], string.format('%.0f %s', full, ARGV[3]),
                       'PX', math.ceil((full - now) / 1000))
            return {1, 0}
            """;

    private static final String SCRIPT_HASH = ScriptHash.of(SCRIPT);

    private final RedisConnection redis;
    private final LocalRateLimiter own;

    /**
     * @param replicas that share the limits while Redis is away, above 0
     */
    RedisRateLimiter(RedisConnection redis, int replicas, LongSupplier nanoClock) {
        this.redis = redis;
        this.own = new LocalRateLimiter(replicas, nanoClock);
    }

    @Override
    public Decision tryAcquire(String subject, Limit limit) {
        String key = "outcry:{" + subject + "}:permits:" + limit.name();
        List<String> arguments =
                List.of(
                        Long.toString(limit.intervalMicros()),
                        Long.toString(limit.burst()),
                        Long.toHexString(ThreadLocalRandom.current().nextLong()));
        try {
            Object answer =
                    redis.call("counting", key, client -> decide(client, List.of(key), arguments));
            List<?> decision = (List<?>) answer;
            return new Decision(
                    (Long) decision.get(0) == 1,
                    Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos((Long) decision.get(1))));
        } catch (CacheUnavailableException e) {
            return own.tryAcquire(subject, limit);
        }
    }

    private static Object decide(UnifiedJedis client, List<String> keys, List<String> arguments) {
        try {
            return client.evalsha(SCRIPT_HASH, keys, arguments);
        } catch (JedisNoScriptException restarted) {
            return client.eval(SCRIPT, keys, arguments);
        }
    }
}
