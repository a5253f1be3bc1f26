package io.outcry.persistence;

import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderStep;
import io.outcry.domain.order.OrderStep.Terms;
import io.outcry.domain.order.OrderTerms;
import java.util.ArrayList;
import java.util.List;

/** An order's life put together from what is stored of it. Pure functions. */
final class OrderSteps {
    private OrderSteps() {}

    /**
     * @param changes in order, each with the terms before it
     * @param fills in order
     */
    static List<OrderStep> of(Order order, List<OrderStep.Changed> changes, List<Fill> fills) {
        List<OrderStep> steps = new ArrayList<>();
        steps.add(new OrderStep.Accepted(order.createdAtNanos(), termsBefore(order, changes, 0)));
        int filled = 0;
        for (int i = 0; i < changes.size(); i++) {
            OrderStep.Changed change = changes.get(i);
            while (filled < fills.size() && fills.get(filled).sequence() < change.sequence()) {
                steps.add(new OrderStep.Traded(fills.get(filled++)));
            }
            steps.add(
                    new OrderStep.Changed(
                            change.timeNanos(),
                            change.sequence(),
                            change.change(),
                            termsBefore(order, changes, i + 1)));
        }
        fills.subList(filled, fills.size()).forEach(fill -> steps.add(new OrderStep.Traded(fill)));
        if (!order.status().open()) {
            steps.add(
                    new OrderStep.Ended(
                            order.updatedAtNanos(), order.status(), order.cancelReason()));
        }
        return steps;
    }

    /** Before that change, or now, after the last one. */
    private static Terms termsBefore(Order order, List<OrderStep.Changed> changes, int index) {
        if (index < changes.size()) {
            return changes.get(index).terms();
        }
        OrderTerms terms = order.terms();
        return new Terms(terms.quantity(), terms.price(), terms.stopPrice(), terms.trailAmount());
    }
}
