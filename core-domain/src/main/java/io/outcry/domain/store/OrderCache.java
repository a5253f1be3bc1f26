package io.outcry.domain.store;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import java.util.Optional;

/**
 * Orders that have ended, kept for a while: they never change, so one that is found is right. A
 * cache that is away finds nothing and keeps nothing. Safe for use by many threads.
 */
public interface OrderCache {

    /** Keeps the order unless it is still open. */
    void put(Order order);

    Optional<Order> find(AccountId accountId, OrderId orderId);

    /** The order of that client order id that was put last. */
    Optional<Order> find(AccountId accountId, ClientOrderId clientOrderId);
}
