package io.outcry.domain.engine;

import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import java.util.List;

/**
 * An order as its command left it.
 *
 * @param fills of this command, in their order; the first 10,000 of them
 * @param duplicate the client order id was used before: nothing was executed, the order is the
 *     first one as it stands now
 */
public record PlacedOrder(Order order, List<Fill> fills, boolean duplicate) {
    public PlacedOrder {
        fills = List.copyOf(fills);
    }
}
