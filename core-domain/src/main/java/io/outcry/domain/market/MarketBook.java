package io.outcry.domain.market;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The books of all instruments, rebuilt from the engine's events alone. They show what rests, and
 * of an iceberg only the slice displayed; market orders and pending stops do not rest. Memory is
 * bounded by open orders and instruments.
 *
 * <p>An order that arrives is not shown as long as it crosses the other side: the events to come
 * say what becomes of it. So a book is never seen crossed, wherever in a command's events one
 * looks.
 *
 * <p>For one thread.
 */
public final class MarketBook {
    private final Map<Symbol, SymbolBook> books = new HashMap<>();
    private final Map<OrderId, BookOrder> orders = new HashMap<>();
    private final Set<Symbol> changed = new HashSet<>();

    private long sequence;
    private long timeNanos;

    /** The one order that has arrived and may still trade; null between commands. */
    private @Nullable BookOrder arriving;

    /** Empty, as before the first event. */
    public MarketBook() {}

    /**
     * The books as of a sequence, from the orders then open. An iceberg shows a full slice at
     * first, as orders do not tell how much of theirs is used up; and orders at one price have
     * priority by their ids, as they do not tell theirs.
     *
     * @param sequence of the last event that the orders show
     * @param openOrders hands over each open order, in any order
     * @throws IllegalStateException when they cannot all be open at one time
     */
    public static MarketBook restore(long sequence, Consumer<Consumer<Order>> openOrders) {
        MarketBook book = new MarketBook();
        book.sequence = sequence;
        Restoration restoration = book.new Restoration();
        openOrders.accept(restoration::add);
        restoration.finish();
        return book;
    }

    /** Of the last event that it takes account of. */
    public long sequence() {
        return sequence;
    }

    /** Every symbol that has been named so far. */
    public Set<Symbol> symbols() {
        return Collections.unmodifiableSet(books.keySet());
    }

    /** The symbols whose books show something else than when this was last asked. */
    public Set<Symbol> takeChanged() {
        Set<Symbol> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    /**
     * The best levels of a symbol's book; empty when nothing rests in it.
     *
     * @param levels most levels of each side, best first, 0 or more
     */
    public BookSnapshot snapshot(Symbol symbol, int levels) {
        SymbolBook book = books.get(symbol);
        return book == null
                ? new BookSnapshot(symbol, sequence, timeNanos, List.of(), List.of())
                : book.snapshot(sequence, timeNanos, levels);
    }

    /**
     * The orders of a symbol's best levels, one by one; empty when nothing rests in it.
     *
     * @param levels most levels of each side, best first, 0 or more
     */
    public BookDetail detail(Symbol symbol, int levels) {
        SymbolBook book = books.get(symbol);
        return book == null
                ? new BookDetail(symbol, sequence, timeNanos, List.of(), List.of())
                : book.detail(sequence, timeNanos, levels);
    }

    /**
     * Takes account of the next event.
     *
     * @throws IllegalStateException when it does not follow the last one or does not fit the books:
     *     they must not be used further
     */
    public void apply(Event event) {
        require(event.sequence() == sequence + 1, event, "does not follow " + sequence);
        sequence = event.sequence();
        timeNanos = event.timeNanos();
        if (event instanceof Event.OrderAccepted accepted) {
            accept(accepted);
        } else if (event instanceof Event.Traded traded) {
            trade(traded);
        } else if (event instanceof Event.OrderReplaced replaced) {
            replace(replaced);
        } else if (event instanceof Event.OrderTriggered triggered) {
            arrive(event, orders.get(triggered.orderId()));
        } else if (event instanceof Event.OrderCanceled canceled) {
            cancel(canceled);
        } else if (event instanceof Event.OrderExpired expired) {
            end(expired.orderId());
        } else if (event instanceof Event.InstrumentDefined defined) {
            book(defined.instrument().symbol());
        }
        settle();
    }

    private void accept(Event.OrderAccepted event) {
        if (!mayRest(event.terms())) {
            return;
        }
        BookOrder order =
                new BookOrder(event.orderId(), book(event.terms().symbol()), event.terms(), 0);
        orders.put(event.orderId(), order);
        if (!pends(event.terms())) {
            arrive(event, order);
        }
    }

    private void trade(Event.Traded event) {
        BookOrder maker = orders.get(event.makerOrderId());
        if (maker == null || !maker.rests()) {
            throw misfit(event, "trades with an order that does not rest");
        }
        trade(event, event.makerOrderId(), maker, event.makerRemaining());
        BookOrder taker = orders.get(event.takerOrderId());
        if (taker != null) {
            trade(event, event.takerOrderId(), taker, event.takerRemaining());
        }
    }

    private void trade(Event.Traded event, OrderId id, BookOrder order, long remaining) {
        order.trade(event.quantity());
        require(order.remaining() == remaining, event, "leaves order " + id + " another remainder");
        changed.add(order.book.symbol);
        if (remaining == 0) {
            end(id);
        }
    }

    private void replace(Event.OrderReplaced event) {
        BookOrder order = orders.get(event.orderId());
        if (order == null) {
            return;
        }
        if (!event.keptPriority()) {
            remove(order);
        }
        order.change(event.price(), event.quantity());
        if (order.rests()) {
            changed.add(order.book.symbol);
        }
        if (!event.keptPriority()) {
            arrive(event, order);
        }
    }

    private void cancel(Event.OrderCanceled event) {
        BookOrder order = orders.get(event.orderId());
        if (event.remaining() == 0) {
            end(event.orderId());
        } else if (order != null) {
            order.reduce(event.canceledQuantity());
            require(order.remaining() == event.remaining(), event, "leaves another remainder");
            changed.add(order.book.symbol);
        }
    }

    private void end(OrderId id) {
        BookOrder order = orders.remove(id);
        if (order != null) {
            remove(order);
        }
    }

    private void remove(BookOrder order) {
        if (order.rests()) {
            changed.add(order.book.symbol);
            order.leave();
        }
        if (order == arriving) {
            arriving = null;
        }
    }

    private void arrive(Event event, @Nullable BookOrder order) {
        require(arriving == null, event, "comes while another order crosses the book");
        arriving = order;
    }

    /** Rests the order that has arrived, once nothing that it could trade with is left. */
    private void settle() {
        if (arriving != null && !arriving.crosses()) {
            arriving.rest();
            changed.add(arriving.book.symbol);
            arriving = null;
        }
    }

    private SymbolBook book(Symbol symbol) {
        return books.computeIfAbsent(symbol, SymbolBook::new);
    }

    private static boolean mayRest(OrderTerms terms) {
        boolean limit =
                switch (terms.type()) {
                    case LIMIT, STOP_LIMIT -> true;
                    case MARKET, STOP, TRAILING_STOP -> false;
                };
        boolean stays =
                switch (terms.timeInForce()) {
                    case GTC, DAY, GTD -> true;
                    case IOC, FOK -> false;
                };
        return limit && stays;
    }

    private static boolean pends(OrderTerms terms) {
        return switch (terms.type()) {
            case STOP, STOP_LIMIT, TRAILING_STOP -> true;
            case LIMIT, MARKET -> false;
        };
    }

    private static void require(boolean holds, Event event, String complaint) {
        if (!holds) {
            throw misfit(event, complaint);
        }
    }

    private static IllegalStateException misfit(Event event, String complaint) {
        return new IllegalStateException("event " + event.sequence() + " " + complaint);
    }

    /**
     * Rests the open orders, by their ids. The sequence may lie within a command, so the order
     * touched last is taken for one that is arriving.
     */
    private final class Restoration {
        private final List<BookOrder> resting = new ArrayList<>();
        private long lastSequence;
        private @Nullable BookOrder last;

        void add(Order order) {
            timeNanos = Math.max(timeNanos, order.updatedAtNanos());
            BookOrder restored = null;
            if (mayRest(order.terms())) {
                restored = restored(order);
            }
            // Two that traded last and go on have one sequence: the one that rested is an iceberg.
            boolean arrived = order.terms().displayQuantity() == 0;
            if (order.sequence() > lastSequence || (order.sequence() == lastSequence && arrived)) {
                lastSequence = order.sequence();
                last = restored;
            }
        }

        private @Nullable BookOrder restored(Order order) {
            BookOrder restored =
                    new BookOrder(
                            order.id(),
                            book(order.terms().symbol()),
                            order.terms(),
                            order.filledQuantity());
            orders.put(order.id(), restored);
            if (order.status() == OrderStatus.PENDING_TRIGGER) {
                return null;
            }
            resting.add(restored);
            return restored;
        }

        void finish() {
            resting.sort(Comparator.comparingLong(order -> order.id.value()));
            for (BookOrder order : resting) {
                if (order != last) {
                    rest(order);
                }
            }
            if (last != null) {
                rest(last);
            }
        }

        private void rest(BookOrder order) {
            if (arriving != null) {
                throw new IllegalStateException("more than one open order crosses the book");
            }
            arriving = order;
            settle();
        }
    }
}
