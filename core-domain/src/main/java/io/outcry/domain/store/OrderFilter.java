package io.outcry.domain.store;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.OrderStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which orders a list shows.
 *
 * @param statuses empty: all
 * @param symbol null: all
 */
public record OrderFilter(Set<OrderStatus> statuses, @Nullable Symbol symbol) {
    public OrderFilter {
        statuses = Set.copyOf(statuses);
    }
}
