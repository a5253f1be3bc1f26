package io.outcry.cache;

import io.outcry.domain.account.AccountFanOut;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.AccountUpdate;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * An account's last updates in a list, newest last, and a channel an account; who is wanted in one
 * sorted set, by the time until when. Safe for use by many threads; has none of its own.
 */
final class RedisAccountFanOut implements AccountFanOut {
    /** What every replica hears. */
    static final String ALL_CHANNELS = "outcry:{account-*}:live";

    private static final String WANTED = "outcry:{wanted}:accounts";
    private static final String HANDED_OVER = "outcry:{wanted}:told";
    private static final String POSITION = "position";
    private static final Logger LOG = LoggerFactory.getLogger(RedisAccountFanOut.class);
    private static final int KEPT = 1_000;
    private static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private final RedisConnection redis;
    private final Clock clock;

    RedisAccountFanOut(RedisConnection redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public List<AccountUpdate> publish(List<AccountUpdate> updates) {
        Map<String, Map<AccountId, List<AccountUpdate>>> byServer = new LinkedHashMap<>();
        for (AccountUpdate update : updates) {
            AccountId account = update.accountId();
            byServer.computeIfAbsent(
                            redis.serverOf(prefix(account)), server -> new LinkedHashMap<>())
                    .computeIfAbsent(account, id -> new ArrayList<>())
                    .add(update);
        }
        Set<AccountId> untold = new HashSet<>();
        for (Map<AccountId, List<AccountUpdate>> byAccount : byServer.values()) {
            if (!told(byAccount)) {
                untold.addAll(byAccount.keySet());
            }
        }
        return updates.stream().filter(update -> untold.contains(update.accountId())).toList();
    }

    private boolean told(Map<AccountId, List<AccountUpdate>> byAccount) {
        List<RedisPipeline.Command> commands = new ArrayList<>();
        byAccount.forEach((account, updates) -> commands.addAll(telling(account, updates)));
        try {
            RedisPipeline.send(redis, "telling accounts", commands);
            return true;
        } catch (CacheUnavailableException e) {
            LOG.debug("accounts wait for Redis", e);
            return false;
        }
    }

    private static List<RedisPipeline.Command> telling(
            AccountId account, List<AccountUpdate> updates) {
        String key = prefix(account) + "updates";
        String channel = prefix(account) + "live";
        String[] texts =
                updates.stream()
                        .map(update -> AccountUpdateText.write(List.of(update)))
                        .toArray(String[]::new);
        String message = AccountUpdateText.write(updates);
        return List.of(
                new RedisPipeline.Command(key, pipeline -> pipeline.rpush(key, texts)),
                new RedisPipeline.Command(key, pipeline -> pipeline.ltrim(key, -KEPT, -1)),
                new RedisPipeline.Command(
                        key, pipeline -> pipeline.pexpire(key, KEPT_FOR.toMillis())),
                new RedisPipeline.Command(key, pipeline -> pipeline.publish(channel, message)));
    }

    @Override
    public Optional<List<AccountUpdate>> since(AccountId accountId, long sequence) {
        String key = prefix(accountId) + "updates";
        List<AccountUpdate> kept =
                redis
                        .call(
                                "reading an account's updates",
                                key,
                                client -> client.lrange(key, 0, -1))
                        .stream()
                        .flatMap(text -> AccountUpdateText.read(accountId, text).stream())
                        .toList();
        return kept.isEmpty() ? Optional.empty() : chain(kept, sequence);
    }

    /** As long as each follows on what is known by then; a leader may have told some twice. */
    private static Optional<List<AccountUpdate>> chain(List<AccountUpdate> kept, long sequence) {
        List<AccountUpdate> chain = new ArrayList<>();
        long known = sequence;
        for (AccountUpdate update : kept) {
            if (update.sequence() > known) {
                if (!update.follows(known)) {
                    return Optional.empty();
                }
                known = update.sequence();
                chain.add(update);
            }
        }
        return Optional.of(chain);
    }

    @Override
    public void want(Set<AccountId> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        double until = clock.millis() + (double) KEPT_FOR.toMillis();
        Map<String, Double> members =
                accounts.stream().collect(Collectors.toMap(AccountId::toString, account -> until));
        redis.call("wanting accounts", WANTED, client -> client.zadd(WANTED, members));
    }

    @Override
    public Set<AccountId> wanted() {
        return redis.call("asking who is wanted", WANTED, this::wanted);
    }

    private Set<AccountId> wanted(UnifiedJedis client) {
        double now = clock.millis();
        client.zremrangeByScore(WANTED, Double.NEGATIVE_INFINITY, now);
        return client.zrange(WANTED, 0, -1).stream()
                .map(text -> new AccountId(Long.parseLong(text)))
                .collect(Collectors.toSet());
    }

    @Override
    public void handOver(long position, Map<AccountId, Long> told) {
        Map<String, String> fields = new HashMap<>();
        told.forEach((account, sequence) -> fields.put(account.toString(), sequence.toString()));
        fields.put(POSITION, Long.toString(position));
        redis.call(
                "handing accounts over",
                HANDED_OVER,
                client -> {
                    client.del(HANDED_OVER);
                    client.hset(HANDED_OVER, fields);
                    return client.pexpire(HANDED_OVER, KEPT_FOR.toMillis());
                });
    }

    @Override
    public Map<AccountId, Long> takeOver(long position) {
        Map<String, String> fields =
                redis.call(
                        "taking accounts over",
                        HANDED_OVER,
                        client -> {
                            Map<String, String> left = client.hgetAll(HANDED_OVER);
                            client.del(HANDED_OVER);
                            return left;
                        });
        Map<AccountId, Long> told = new HashMap<>();
        if (Long.toString(position).equals(fields.remove(POSITION))) {
            fields.forEach(
                    (account, sequence) ->
                            told.put(
                                    new AccountId(Long.parseLong(account)),
                                    Long.parseLong(sequence)));
        }
        return told;
    }

    /** The account of a channel's name. */
    static AccountId accountOf(String channel) {
        int begin = channel.indexOf("{account-") + "{account-".length();
        return new AccountId(Long.parseLong(channel.substring(begin, channel.indexOf('}'))));
    }

    private static String prefix(AccountId accountId) {
        return "outcry:{account-" + accountId + "}:";
    }
}
