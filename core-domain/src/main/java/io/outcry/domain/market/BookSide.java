package io.outcry.domain.market;

import io.outcry.domain.order.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One side of an instrument's book: its price levels, best first. For the book's thread. */
final class BookSide {
    private final Side side;
    private final TreeMap<Long, PriceLevel> levels;

    BookSide(Side side) {
        this.side = side;
        levels =
                switch (side) {
                    case BUY -> new TreeMap<>(Comparator.reverseOrder());
                    case SELL -> new TreeMap<>();
                };
    }

    /** Whether an order of the other side at that price would meet an order of this one. */
    boolean meets(long price) {
        if (levels.isEmpty()) {
            return false;
        }
        long best = levels.firstKey();
        return switch (side) {
            case BUY -> best >= price;
            case SELL -> best <= price;
        };
    }

    /** The level of that price, which the order has joined as the last. */
    PriceLevel add(long price, BookOrder order) {
        PriceLevel level = levels.computeIfAbsent(price, PriceLevel::new);
        level.append(order);
        return level;
    }

    void remove(PriceLevel level, BookOrder order) {
        level.remove(order);
        if (level.isEmpty()) {
            levels.remove(level.price);
        }
    }

    List<BookLevel> top(int count) {
        List<BookLevel> top = new ArrayList<>(Math.min(count, levels.size()));
        eachOfTop(count, level -> top.add(level.toBookLevel()));
        return top;
    }

    List<RestingOrder> topOrders(int count) {
        List<RestingOrder> orders = new ArrayList<>();
        eachOfTop(count, level -> orders.addAll(level.toRestingOrders()));
        return orders;
    }

    private void eachOfTop(int count, Consumer<PriceLevel> each) {
        Iterator<PriceLevel> next = levels.values().iterator();
        for (int i = 0; i < count && next.hasNext(); i++) {
            each.accept(next.next());
        }
    }
}
