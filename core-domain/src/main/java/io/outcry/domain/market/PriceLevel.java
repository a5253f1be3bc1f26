package io.outcry.domain.market;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rests at one price of one side: its orders by priority, each linked to the next, and what
 * they add up to. For the book's thread.
 */
final class PriceLevel {
    final long price;
    private long quantity;
    private int orders;
    private @Nullable BookOrder first;
    private @Nullable BookOrder last;

    PriceLevel(long price) {
        this.price = price;
    }

    boolean isEmpty() {
        return orders == 0;
    }

    void append(BookOrder order) {
        BookOrder tail = last;
        order.previous = tail;
        order.next = null;
        if (tail == null) {
            first = order;
        } else {
            tail.next = order;
        }
        last = order;
        orders++;
        quantity += order.displayed();
    }

    void remove(BookOrder order) {
        BookOrder before = order.previous;
        BookOrder after = order.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        order.previous = null;
        order.next = null;
        orders--;
        quantity -= order.displayed();
    }

    void change(long displayedChange) {
        quantity += displayedChange;
    }

    BookLevel toBookLevel() {
        return new BookLevel(price, quantity, orders);
    }

    List<RestingOrder> toRestingOrders() {
        List<RestingOrder> all = new ArrayList<>(orders);
        for (BookOrder order = first; order != null; order = order.next) {
            all.add(new RestingOrder(order.id, price, order.displayed()));
        }
        return all;
    }
}
