package io.outcry.api.ws;

import io.outcry.api.json.FlatObject;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.OrderId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends: {@code op} and what that needs.
 *
 * @param id as the client gave it, to find the answer by; null: none
 * @param after sequence that private channels are to go on from; null: from a snapshot
 * @param orders what an {@link OrderOp} needs
 */
record Request(
        String op,
        @Nullable String id,
        @Nullable String token,
        List<Channel> channels,
        @Nullable Long after,
        Orders orders) {

    /**
     * Which orders it is about.
     *
     * @param order to place
     * @param terms that an order is to have
     */
    record Orders(
            @Nullable FlatObject order,
            @Nullable FlatObject terms,
            @Nullable OrderId orderId,
            @Nullable ClientOrderId clientOrderId,
            @Nullable Symbol symbol) {}
}
