package io.outcry.persistence;

import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderStep;
import io.outcry.domain.order.OrderStep.Terms;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.store.Page;
import java.util.ArrayList;
import java.util.List;

/** A page of an order's life put together from what is stored of it. Pure functions. */
final class OrderSteps {
    private OrderSteps() {}

    /**
     * Newest first.
     *
     * @param termsAtEnd those that the page's newest step leaves
     * @param changes newest first, each with the terms before it
     * @param fills newest first
     */
    static List<OrderStep> of(
            Order order,
            Terms termsAtEnd,
            List<OrderStep.Changed> changes,
            List<Fill> fills,
            Page page) {
        List<OrderStep> steps = new ArrayList<>();
        if (!order.status().open() && order.sequence() < page.beforeId()) {
            steps.add(
                    new OrderStep.Ended(
                            order.updatedAtNanos(), order.status(), order.cancelReason()));
        }
        Terms terms = termsAtEnd;
        int filled = 0;
        int changed = 0;
        int most = Math.min(page.limit(), fills.size() + changes.size());
        while (filled + changed < most) {
            if (fillIsNext(fills, filled, changes, changed)) {
                steps.add(new OrderStep.Traded(fills.get(filled++)));
            } else {
                OrderStep.Changed change = changes.get(changed++);
                steps.add(with(change, terms));
                terms = change.terms();
            }
        }
        if (most < page.limit()) {
            steps.add(new OrderStep.Accepted(order.createdAtNanos(), terms));
        }
        return steps;
    }

    private static boolean fillIsNext(
            List<Fill> fills, int filled, List<OrderStep.Changed> changes, int changed) {
        return changed == changes.size()
                || (filled < fills.size()
                        && fills.get(filled).sequence() > changes.get(changed).sequence());
    }

    private static OrderStep.Changed with(OrderStep.Changed change, Terms terms) {
        return new OrderStep.Changed(change.timeNanos(), change.sequence(), change.change(), terms);
    }

    static Terms terms(OrderTerms of) {
        return new Terms(of.quantity(), of.price(), of.stopPrice(), of.trailAmount());
    }
}
