package io.outcry.cache;

import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Sends many commands in one trip to each server. */
final class RedisPipeline {
    /**
     * One of the commands.
     *
     * @param key that it is about, or one on the same server
     */
    record Command(String key, Function<AbstractPipeline, Response<?>> send) {}

    private RedisPipeline() {}

    /**
     * To each server in their order. What one server does not take keeps nothing from the others.
     *
     * @throws CacheUnavailableException when a server did not take all of its commands
     */
    static void send(RedisConnection redis, String what, List<Command> commands) {
        Collection<List<Command>> byServer =
                commands.stream()
                        .collect(
                                Collectors.groupingBy(
                                        command -> redis.serverOf(command.key()),
                                        LinkedHashMap::new,
                                        Collectors.toList()))
                        .values();
        CacheUnavailableException failure = null;
        for (List<Command> ofServer : byServer) {
            try {
                redis.call(what, ofServer.get(0).key(), client -> send(client, ofServer));
            } catch (CacheUnavailableException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static Boolean send(UnifiedJedis client, List<Command> commands) {
        List<Response<?>> answers;
        try (AbstractPipeline pipeline = client.pipelined()) {
            answers =
                    commands.stream()
                            .<Response<?>>map(command -> command.send().apply(pipeline))
                            .toList();
            pipeline.sync();
        }
        answers.forEach(RedisPipeline::check);
        return true;
    }

    /**
     * An answer that is an error is thrown here; a cluster's pipeline says nothing of a lost one.
     */
    private static void check(Response<?> answer) {
        try {
            answer.get();
        } catch (IllegalStateException e) {
            throw new JedisConnectionException("a command was not answered", e);
        }
    }
}
