package io.outcry.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.outcry.domain.access.Tickets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import redis.clients.jedis.params.SetParams;

/**
 * Tickets under their hashes, so that whoever reads the keys cannot use them. A cluster is asked
 * again when its answer is lost, and may then have given the content away for nothing: the ticket
 * passes for used, and a new one is needed. Safe for use by many threads.
 */
final class RedisTickets implements Tickets {
    private final RedisConnection redis;

    RedisTickets(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public void leave(String ticket, String content, Duration lifetime) {
        SetParams once = SetParams.setParams().nx().px(lifetime.toMillis());
        String key = key(ticket);
        redis.call("leaving a ticket", key, client -> client.set(key, content, once));
    }

    @Override
    public Optional<String> take(String ticket) {
        String key = key(ticket);
        return redis.call(
                "taking a ticket", key, client -> Optional.ofNullable(client.getDel(key)));
    }

    private static String key(String ticket) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(UTF_8));
            return "outcry:{" + HexFormat.of().formatHex(hash) + "}:ticket";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform has no SHA-256", e);
        }
    }
}
