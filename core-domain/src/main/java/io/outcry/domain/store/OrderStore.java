package io.outcry.domain.store;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Orders and fills as projected from the event feed. Every query is the account's own: what belongs
 * to another is not found. Safe for use by many threads. Methods throw {@link
 * StoreUnavailableException} when the store does not answer.
 */
public interface OrderStore {
    /** Most fills that come with an order: it may have had millions. */
    int MOST_FILLS = 100;

    /** Most fills that come with a list of orders, who share them equally. */
    int MOST_FILLS_OF_LIST = 5_000;

    /**
     * Most fills that come with each order of a list.
     *
     * @param orders how many it has, above 0
     */
    static int mostFills(int orders) {
        return Math.max(1, Math.min(MOST_FILLS, MOST_FILLS_OF_LIST / orders));
    }

    Optional<Order> find(AccountId accountId, OrderId orderId);

    /** The newest order of that client order id. */
    Optional<Order> find(AccountId accountId, ClientOrderId clientOrderId);

    /** Newest first. */
    List<Order> list(AccountId accountId, OrderFilter filter, Page page);

    /** Fills of one order, newest first. The page's boundary is a fill's sequence. */
    List<AccountFill> fills(AccountId accountId, OrderId orderId, Page page);

    /**
     * The newest {@link #mostFills} fills of each of these orders that has any, in the order in
     * which they happened: of those that the orders as given know of, whatever has happened since.
     */
    Map<OrderId, List<Fill>> fills(AccountId accountId, Collection<Order> orders);

    /** Newest first. The page's boundary is a fill's sequence. */
    List<AccountFill> fills(AccountId accountId, Page page);
}
