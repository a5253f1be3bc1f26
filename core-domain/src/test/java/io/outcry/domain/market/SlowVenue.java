package io.outcry.domain.market;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A venue that matches by looking through a list of orders, and says what happens. Slow and
 * obvious: what its lists show is what a book built from its events must show.
 */
final class SlowVenue {
    private static final Currency USD = new Currency("USD");
    private static final int ACCOUNTS = 4;

    final List<Event> events = new ArrayList<>();
    boolean icebergs = true;
    private final List<Entry> open = new ArrayList<>();
    private final List<Symbol> symbols;
    private final Random random;
    private long lastId;
    private long lastArrival;
    private long time;

    SlowVenue(Random random, List<Symbol> symbols) {
        this.random = random;
        this.symbols = symbols;
    }

    /** An order that is open; resting when it shows something. */
    private static final class Entry {
        final OrderId id;
        OrderTerms terms;
        long quantity;
        long price;
        long remaining;
        long shown;
        long arrival;
        long touched;
        boolean pending;

        Entry(OrderId id, OrderTerms terms) {
            this.id = id;
            this.terms = terms;
            quantity = terms.quantity();
            remaining = quantity;
            price = terms.price();
        }

        boolean rests() {
            return shown > 0;
        }

        void slice(long nextArrival) {
            long slice = terms.displayQuantity() == 0 ? remaining : terms.displayQuantity();
            shown = Math.min(slice, remaining);
            arrival = nextArrival;
        }

        void reduce(long by) {
            quantity -= by;
            remaining -= by;
            shown = Math.min(shown, remaining);
        }
    }

    /** One random command, and all that it causes. */
    void step() {
        time++;
        int kind = random.nextInt(10);
        if (kind < 7 || open.isEmpty()) {
            place(randomTerms());
        } else if (kind == 7) {
            cancel(anyOpen(), CancelReason.USER);
        } else if (kind == 8) {
            replace(anyOpen());
        } else if (random.nextInt(4) == 0) {
            expire(anyOpen());
        } else {
            anyPending().ifPresent(this::trigger);
        }
    }

    BookSnapshot expected(Symbol symbol, int levels) {
        long last = events.isEmpty() ? 0 : events.get(events.size() - 1).timeNanos();
        return new BookSnapshot(
                symbol,
                events.size(),
                last,
                side(symbol, Side.BUY, levels),
                side(symbol, Side.SELL, levels));
    }

    /** As a store would have the open orders. */
    List<Order> openOrders() {
        return open.stream().map(this::order).toList();
    }

    private Order order(Entry entry) {
        OrderTerms t = entry.terms;
        OrderTerms terms =
                new OrderTerms(
                        t.accountId(),
                        t.symbol(),
                        t.side(),
                        t.type(),
                        t.timeInForce(),
                        entry.quantity,
                        entry.price,
                        t.stopPrice(),
                        t.trailAmount(),
                        t.displayQuantity(),
                        t.expiresAtNanos(),
                        t.postOnly(),
                        t.selfTradePrevention(),
                        t.clientOrderId());
        return new Order(
                entry.id,
                terms,
                entry.pending ? OrderStatus.PENDING_TRIGGER : OrderStatus.NEW,
                null,
                entry.quantity - entry.remaining,
                0,
                0,
                time,
                time,
                entry.touched);
    }

    /** Every order that shows something, by price, then by when that arrived. */
    BookDetail expectedDetail(Symbol symbol) {
        BookSnapshot same = expected(symbol, 0);
        return new BookDetail(
                symbol,
                same.sequence(),
                same.timeNanos(),
                resting(symbol, Side.BUY),
                resting(symbol, Side.SELL));
    }

    private List<RestingOrder> resting(Symbol symbol, Side side) {
        Comparator<Entry> byPrice =
                Comparator.comparingLong(entry -> side == Side.BUY ? -entry.price : entry.price);
        return open.stream()
                .filter(Entry::rests)
                .filter(entry -> entry.terms.symbol().equals(symbol))
                .filter(entry -> entry.terms.side() == side)
                .sorted(byPrice.thenComparingLong(entry -> entry.arrival))
                .map(entry -> new RestingOrder(entry.id, entry.price, entry.shown))
                .toList();
    }

    private List<BookLevel> side(Symbol symbol, Side side, int levels) {
        Comparator<Long> lowestFirst = Comparator.naturalOrder();
        TreeMap<Long, BookLevel> sums =
                new TreeMap<>(side == Side.BUY ? lowestFirst.reversed() : lowestFirst);
        for (Entry entry : open) {
            if (entry.rests()
                    && entry.terms.side() == side
                    && entry.terms.symbol().equals(symbol)) {
                sums.merge(
                        entry.price,
                        new BookLevel(entry.price, entry.shown, 1),
                        (a, b) ->
                                new BookLevel(
                                        a.price(),
                                        a.quantity() + b.quantity(),
                                        a.orders() + b.orders()));
            }
        }
        return sums.values().stream().limit(levels).toList();
    }

    private OrderTerms randomTerms() {
        OrderType type = random.nextBoolean() ? OrderType.LIMIT : any(OrderType.values());
        boolean priced = type == OrderType.LIMIT || type == OrderType.STOP_LIMIT;
        boolean market = type == OrderType.MARKET;
        long quantity = 1L + random.nextInt(30);
        return new OrderTerms(
                new AccountId(1 + random.nextInt(ACCOUNTS)),
                symbols.get(random.nextInt(symbols.size())),
                any(Side.values()),
                type,
                market
                        ? TimeInForce.IOC
                        : random.nextInt(5) == 0 ? TimeInForce.IOC : TimeInForce.GTC,
                quantity,
                priced ? 95 + random.nextInt(11) : 0,
                priced || market ? 0 : 100,
                0,
                icebergs && priced && random.nextInt(3) == 0
                        ? 1 + random.nextInt((int) quantity)
                        : 0,
                0,
                false,
                any(SelfTradePrevention.values()),
                null);
    }

    private void place(OrderTerms terms) {
        Entry entry = new Entry(new OrderId(++lastId), terms);
        open.add(entry);
        entry.pending = terms.type() != OrderType.LIMIT && terms.type() != OrderType.MARKET;
        emit(new Event.OrderAccepted(next(), time, entry.id, terms), entry);
        if (!entry.pending) {
            match(entry);
        }
    }

    private void trigger(Entry entry) {
        entry.pending = false;
        emit(
                new Event.OrderTriggered(
                        next(), time, entry.id, entry.terms.accountId(), entry.terms.symbol(), 100),
                entry);
        match(entry);
    }

    private void match(Entry taker) {
        while (taker.remaining > 0 && open.contains(taker)) {
            Optional<Entry> maker = firstAgainst(taker);
            if (maker.isEmpty()) {
                break;
            }
            if (maker.get().terms.accountId().equals(taker.terms.accountId())) {
                preventSelfTrade(maker.get(), taker);
            } else {
                trade(maker.get(), taker);
            }
        }
        if (open.contains(taker)) {
            finish(taker);
        }
    }

    private void finish(Entry taker) {
        boolean limit =
                taker.terms.type() == OrderType.LIMIT || taker.terms.type() == OrderType.STOP_LIMIT;
        if (!limit) {
            cancel(taker, CancelReason.NO_LIQUIDITY);
        } else if (taker.terms.timeInForce() == TimeInForce.IOC) {
            cancel(taker, CancelReason.IOC_REMAINDER);
        } else {
            taker.slice(++lastArrival);
        }
    }

    private Optional<Entry> firstAgainst(Entry taker) {
        boolean buys = taker.terms.side() == Side.BUY;
        Comparator<Entry> byPrice =
                Comparator.comparingLong(entry -> buys ? entry.price : -entry.price);
        return open.stream()
                .filter(Entry::rests)
                .filter(entry -> entry.terms.symbol().equals(taker.terms.symbol()))
                .filter(entry -> entry.terms.side() != taker.terms.side())
                .filter(
                        entry ->
                                taker.price == 0
                                        || (buys
                                                ? entry.price <= taker.price
                                                : entry.price >= taker.price))
                .min(byPrice.thenComparingLong(entry -> entry.arrival));
    }

    private void trade(Entry maker, Entry taker) {
        long quantity = Math.min(maker.shown, taker.remaining);
        maker.remaining -= quantity;
        maker.shown -= quantity;
        taker.remaining -= quantity;
        if (maker.shown == 0 && maker.remaining > 0) {
            maker.slice(++lastArrival);
        }
        open.removeIf(entry -> entry.remaining == 0);
        maker.touched = events.size() + 1L;
        emit(
                new Event.Traded(
                        next(),
                        time,
                        events.size(),
                        taker.terms.symbol(),
                        USD,
                        maker.price,
                        quantity,
                        maker.price * quantity,
                        taker.terms.side(),
                        maker.id,
                        taker.id,
                        maker.terms.accountId(),
                        taker.terms.accountId(),
                        0,
                        0,
                        maker.remaining,
                        taker.remaining),
                taker);
    }

    private void preventSelfTrade(Entry maker, Entry taker) {
        switch (taker.terms.selfTradePrevention()) {
            case CANCEL_NEWEST -> cancel(taker, CancelReason.SELF_TRADE);
            case CANCEL_OLDEST -> cancel(maker, CancelReason.SELF_TRADE);
            case CANCEL_BOTH -> {
                cancel(maker, CancelReason.SELF_TRADE);
                cancel(taker, CancelReason.SELF_TRADE);
            }
            case DECREMENT -> {
                long both = Math.min(maker.remaining, taker.remaining);
                decrement(maker, both);
                decrement(taker, both);
            }
        }
    }

    private void decrement(Entry entry, long by) {
        if (entry.remaining == by) {
            cancel(entry, CancelReason.SELF_TRADE);
        } else {
            entry.reduce(by);
            emit(canceled(entry, CancelReason.SELF_TRADE, by, entry.remaining), entry);
        }
    }

    private void cancel(Entry entry, CancelReason reason) {
        open.remove(entry);
        emit(canceled(entry, reason, entry.remaining, 0), entry);
    }

    private void expire(Entry entry) {
        open.remove(entry);
        emit(
                new Event.OrderExpired(
                        next(),
                        time,
                        entry.id,
                        entry.terms.accountId(),
                        entry.terms.symbol(),
                        entry.remaining),
                entry);
    }

    private void replace(Entry entry) {
        long filled = entry.quantity - entry.remaining;
        long quantity = filled + 1 + random.nextInt(30);
        boolean priced = entry.price != 0;
        long price = priced && random.nextBoolean() ? 95 + random.nextInt(11) : entry.price;
        boolean kept = entry.pending || (price == entry.price && quantity < entry.quantity);
        if (kept && entry.rests()) {
            entry.reduce(entry.quantity - quantity);
        } else {
            entry.shown = 0;
            entry.price = price;
            entry.remaining = quantity - filled;
            entry.quantity = quantity;
        }
        emit(
                new Event.OrderReplaced(
                        next(),
                        time,
                        entry.id,
                        entry.terms.accountId(),
                        entry.terms.symbol(),
                        price,
                        quantity,
                        0,
                        0,
                        kept),
                entry);
        if (!kept) {
            match(entry);
        }
    }

    private Event canceled(Entry entry, CancelReason reason, long quantity, long remaining) {
        return new Event.OrderCanceled(
                next(),
                time,
                entry.id,
                entry.terms.accountId(),
                entry.terms.symbol(),
                reason,
                quantity,
                remaining);
    }

    private <T> T any(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private Entry anyOpen() {
        return open.get(random.nextInt(open.size()));
    }

    private Optional<Entry> anyPending() {
        return open.stream().filter(entry -> entry.pending).findFirst();
    }

    private long next() {
        return events.size() + 1L;
    }

    private void emit(Event event, Entry entry) {
        entry.touched = event.sequence();
        events.add(event);
    }
}
