package io.outcry.cache;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.store.OrderCache;
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
        String key = key(order.terms().accountId(), order.id());
        String text = OrderText.write(order);
        try {
            redis.call("keeping an order", key, client -> client.set(key, text, expiring));
        } catch (CacheUnavailableException e) {
            LOG.debug("an order is not kept", e);
        }
    }

    @Override
    public Optional<Order> find(AccountId accountId, OrderId orderId) {
        String key = key(accountId, orderId);
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
}
