package io.outcry.cache;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.store.OrderCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.params.SetParams;

/** Ended orders under their account's hash tag. Safe for use by many threads. */
final class RedisOrderCache implements OrderCache {
    private static final Logger LOG = LoggerFactory.getLogger(RedisOrderCache.class);

    private final RedisConnection redis;
    private final SetParams expiring;

    RedisOrderCache(RedisConnection redis) {
        this.redis = redis;
        this.expiring = SetParams.setParams().px(redis.settings().orderExpiry().toMillis());
    }

    @Override
    public void put(Order order) {
        if (order.status().open()) {
            return;
        }
        String text = OrderText.write(order);
        AccountId account = order.terms().accountId();
        ClientOrderId clientId = order.terms().clientOrderId();
        List<RedisPipeline.Command> commands = new ArrayList<>();
        commands.add(keeping(key(account, order.id()), text));
        if (clientId != null) {
            commands.add(keeping(key(account, clientId), text));
        }
        try {
            RedisPipeline.send(redis, "keeping an order", commands);
        } catch (CacheUnavailableException e) {
            LOG.debug("an order is not kept", e);
        }
    }

    private RedisPipeline.Command keeping(String key, String text) {
        return new RedisPipeline.Command(key, pipeline -> pipeline.set(key, text, expiring));
    }

    @Override
    public Optional<Order> find(AccountId accountId, OrderId orderId) {
        return get(key(accountId, orderId));
    }

    @Override
    public Optional<Order> find(AccountId accountId, ClientOrderId clientOrderId) {
        return get(key(accountId, clientOrderId));
    }

    private Optional<Order> get(String key) {
        try {
            return redis.call(
                    "looking for an order",
                    key,
                    client -> Optional.ofNullable(client.get(key)).flatMap(OrderText::read));
        } catch (CacheUnavailableException e) {
            return Optional.empty();
        }
    }

    private static String key(AccountId accountId, OrderId orderId) {
        return "outcry:{account-" + accountId + "}:order:" + orderId;
    }

    private static String key(AccountId accountId, ClientOrderId clientOrderId) {
        return "outcry:{account-" + accountId + "}:client-order:" + clientOrderId.value();
    }
}
