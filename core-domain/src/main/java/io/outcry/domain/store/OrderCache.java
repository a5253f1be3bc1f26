package io.outcry.domain.store;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import java.util.Optional;

/**
 * Orders that have ended, kept for a while: they never change, so one that is found is right. They
 * are found by the engine's id alone: a client order id may be given to another order later. A
 * cache that is away finds nothing and keeps nothing. Safe for use by many threads.
 */
public interface OrderCache {

    /** Keeps the order unless it is still open. */
    void put(Order order);

    /** The order of that id, if it is kept and the account's. */
    Optional<Order> find(AccountId accountId, OrderId orderId);
}
