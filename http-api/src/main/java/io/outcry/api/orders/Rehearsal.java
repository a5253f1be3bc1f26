package io.outcry.api.orders;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import java.util.List;

/**
 * What a placement would have brought, for the server's own warm-up. The warm-up signs in as the
 * house, which may not trade: answering it with the engine's refusal would teach the virtual
 * machine that orders fail, and what it compiled would be thrown away with the first that does not.
 */
final class Rehearsal {
    private static final long TIME_NANOS = 1_700_000_000_123_456_789L;
    private static final OrderId ID = new OrderId(1);

    private Rehearsal() {}

    static boolean asksFor(AccountId account) {
        return AccountId.HOUSE.equals(account);
    }

    /** An order of these terms that traded once, and then found nobody more. */
    static Outcome<PlacedOrder> of(OrderTerms terms) {
        long notional = Math.multiplyExact(terms.price(), terms.quantity());
        Fill fill =
                new Fill(
                        1,
                        ID,
                        terms.price(),
                        terms.quantity(),
                        notional,
                        1,
                        Liquidity.TAKER,
                        2,
                        TIME_NANOS);
        Order order =
                new Order(
                        ID,
                        terms,
                        OrderStatus.CANCELED,
                        CancelReason.NO_LIQUIDITY,
                        terms.quantity(),
                        notional,
                        1,
                        TIME_NANOS,
                        TIME_NANOS,
                        2);
        return new Outcome.Done<>(new PlacedOrder(order, List.of(fill), false), order.sequence());
    }
}
