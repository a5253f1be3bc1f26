package io.outcry.domain.market;

import io.outcry.domain.order.Side;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

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

    PriceLevel add(long price, long displayed) {
        PriceLevel level = levels.computeIfAbsent(price, PriceLevel::new);
        level.quantity += displayed;
        level.orders++;
        return level;
    }

    void remove(PriceLevel level, long displayed) {
        level.quantity -= displayed;
        level.orders--;
        if (level.orders == 0) {
            levels.remove(level.price);
        }
    }

    List<BookLevel> top(int count) {
        Collection<PriceLevel> all = levels.values();
        List<BookLevel> top = new ArrayList<>(Math.min(count, all.size()));
        Iterator<PriceLevel> next = all.iterator();
        while (top.size() < count && next.hasNext()) {
            top.add(next.next().toBookLevel());
        }
        return top;
    }
}
