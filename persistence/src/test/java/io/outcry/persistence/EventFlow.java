package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.RejectCode;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An endless, seeded stream of events such as an engine could send: without a gap, and every order
 * living by the rules. Matching is not by price: whose order trades is drawn. For one thread.
 */
final class EventFlow {
    static final Currency USD = new Currency("USD");
    static final Currency EUR = new Currency("EUR");

    private static final int ACCOUNTS = 12;
    private static final String[] SYMBOLS = {"AAPL", "MSFT", "BTC-EUR"};
    private static final int MAX_OPEN = 200;

    private final Random random;
    private final List<Event> pending = new ArrayList<>();
    private final List<Live> open = new ArrayList<>();
    private long sequence;
    private long time = 1_700_000_000_000_000_000L;
    private long orderId;
    private long tradeId;

    /** An order that may still trade. */
    private static final class Live {
        final OrderId id;
        final OrderTerms terms;
        long remaining;
        long filled;
        boolean waiting;

        Live(OrderId id, OrderTerms terms, boolean waiting) {
            this.id = id;
            this.terms = terms;
            this.remaining = terms.quantity();
            this.waiting = waiting;
        }
    }

    EventFlow(long seed) {
        random = new Random(seed);
        for (String symbol : SYMBOLS) {
            emit(new Event.InstrumentDefined(next(), time, instrument(symbol)));
        }
        for (int i = 1; i <= ACCOUNTS; i++) {
            AccountId account = new AccountId(i);
            emit(new Event.AccountOpened(next(), time, account, 1_000));
            emit(new Event.CashAdjusted(next(), time, account, USD, 100_000_000, "opening"));
            emit(new Event.LimitsSet(next(), time, account, EUR, 5_000_000, 2_000 + i));
        }
    }

    List<Event> take(int count) {
        while (pending.size() < count) {
            step();
        }
        List<Event> taken = List.copyOf(pending.subList(0, count));
        pending.subList(0, count).clear();
        return taken;
    }

    private void step() {
        time += 1 + random.nextInt(1_000_000);
        if (random.nextInt(40) == 0) {
            time += random.nextInt(90) * 1_000_000_000L;
        }
        int dice = random.nextInt(100);
        if (dice < 35 && open.size() < MAX_OPEN) {
            open.add(accept(OrderType.LIMIT));
        } else if (dice < 70) {
            take();
        } else if (dice < 82) {
            cancelOne();
        } else if (dice < 85) {
            expireOne();
        } else if (dice < 89) {
            replaceOne();
        } else if (dice < 92) {
            stop();
        } else if (dice < 95) {
            reject();
        } else {
            administer();
        }
    }

    private Live accept(OrderType type) {
        boolean stop = type == OrderType.STOP;
        OrderTerms terms =
                new OrderTerms(
                        account(),
                        symbol(),
                        random.nextBoolean() ? Side.BUY : Side.SELL,
                        type,
                        type == OrderType.MARKET ? TimeInForce.IOC : TimeInForce.GTC,
                        1 + random.nextInt(500),
                        type == OrderType.LIMIT ? price() : 0,
                        stop ? price() : 0,
                        0,
                        0,
                        0,
                        random.nextInt(10) == 0,
                        pick(List.of(SelfTradePrevention.values())),
                        random.nextInt(3) == 0
                                ? null
                                : new ClientOrderId("c-" + random.nextInt(900)));
        OrderId id = new OrderId(++orderId);
        emit(new Event.OrderAccepted(next(), time, id, terms));
        return new Live(id, terms, stop);
    }

    /** An order arrives, trades with up to five resting ones, and its rest stays or is canceled. */
    private void take() {
        Live taker = accept(random.nextBoolean() ? OrderType.MARKET : OrderType.LIMIT);
        tradeWithSome(taker);
        if (taker.remaining > 0 && taker.terms.type() == OrderType.LIMIT) {
            open.add(taker);
        } else if (taker.remaining > 0) {
            cancel(taker, CancelReason.NO_LIQUIDITY);
        }
    }

    private void tradeWithSome(Live taker) {
        int most = 1 + random.nextInt(5);
        for (Live maker : List.copyOf(open)) {
            if (most == 0 || taker.remaining == 0) {
                return;
            }
            if (canTrade(maker, taker)) {
                trade(maker, taker);
                most--;
            }
        }
    }

    private static boolean canTrade(Live maker, Live taker) {
        return !maker.waiting
                && maker.terms.symbol().equals(taker.terms.symbol())
                && maker.terms.side() != taker.terms.side()
                && !maker.terms.accountId().equals(taker.terms.accountId());
    }

    private void trade(Live maker, Live taker) {
        long quantity = Math.min(maker.remaining, taker.remaining);
        fill(maker, quantity);
        fill(taker, quantity);
        long price = maker.terms.price() == 0 ? price() : maker.terms.price();
        long notional = price * quantity;
        emit(
                new Event.Traded(
                        next(),
                        time,
                        ++tradeId,
                        maker.terms.symbol(),
                        currency(maker.terms.symbol()),
                        price,
                        quantity,
                        notional,
                        taker.terms.side(),
                        maker.id,
                        taker.id,
                        maker.terms.accountId(),
                        taker.terms.accountId(),
                        -notional / 10_000,
                        notional / 2_000 + 1,
                        maker.remaining,
                        taker.remaining));
        if (maker.remaining == 0) {
            open.remove(maker);
        }
    }

    private static void fill(Live order, long quantity) {
        order.remaining -= quantity;
        order.filled += quantity;
    }

    private void cancelOne() {
        if (open.isEmpty()) {
            return;
        }
        Live order = open.get(random.nextInt(open.size()));
        if (order.remaining > 1 && random.nextInt(5) == 0) {
            long canceled = 1L + random.nextInt((int) order.remaining - 1);
            order.remaining -= canceled;
            emit(canceled(order, CancelReason.SELF_TRADE, canceled));
        } else {
            open.remove(order);
            cancel(order, pick(List.of(CancelReason.values())));
        }
    }

    private void cancel(Live order, CancelReason reason) {
        long canceled = order.remaining;
        order.remaining = 0;
        emit(canceled(order, reason, canceled));
    }

    private Event canceled(Live order, CancelReason reason, long quantity) {
        return new Event.OrderCanceled(
                next(),
                time,
                order.id,
                order.terms.accountId(),
                order.terms.symbol(),
                reason,
                quantity,
                order.remaining);
    }

    private void expireOne() {
        if (!open.isEmpty()) {
            Live order = open.remove(random.nextInt(open.size()));
            emit(
                    new Event.OrderExpired(
                            next(),
                            time,
                            order.id,
                            order.terms.accountId(),
                            order.terms.symbol(),
                            order.remaining));
        }
    }

    private void replaceOne() {
        if (!open.isEmpty()) {
            Live order = open.get(random.nextInt(open.size()));
            order.remaining = 1L + random.nextInt(300);
            emit(
                    new Event.OrderReplaced(
                            next(),
                            time,
                            order.id,
                            order.terms.accountId(),
                            order.terms.symbol(),
                            price(),
                            order.filled + order.remaining,
                            order.waiting ? price() : 0,
                            0,
                            random.nextBoolean()));
        }
    }

    /** A stop arrives, or one that waits is triggered and trades. */
    private void stop() {
        for (Live order : open) {
            if (order.waiting && random.nextBoolean()) {
                order.waiting = false;
                emit(
                        new Event.OrderTriggered(
                                next(),
                                time,
                                order.id,
                                order.terms.accountId(),
                                order.terms.symbol(),
                                price()));
                return;
            }
        }
        open.add(accept(OrderType.STOP));
    }

    private void reject() {
        OrderId id = new OrderId(1 + random.nextInt(1000));
        switch (random.nextInt(3)) {
            case 0 ->
                    emit(
                            new Event.CancelRejected(
                                    next(), time, id, account(), RejectCode.UNKNOWN_ORDER));
            case 1 ->
                    emit(
                            new Event.ReplaceRejected(
                                    next(), time, id, account(), RejectCode.INVALID_PRICE));
            default -> emit(new Event.SessionClosed(next(), time));
        }
    }

    private void administer() {
        AccountId account = account();
        switch (random.nextInt(7)) {
            case 0 -> emit(new Event.AccountSuspended(next(), time, account));
            case 1 -> emit(new Event.AccountResumed(next(), time, account));
            case 2 -> emit(new Event.LimitsSet(next(), time, account, USD, amount(), amount()));
            case 3 -> emit(new Event.CashAdjusted(next(), time, account, EUR, signed(), "cash"));
            case 4 ->
                    emit(
                            new Event.PositionAdjusted(
                                    next(), time, account, symbol(), signed(), "p"));
            case 5 -> emit(new Event.InstrumentDefined(next(), time, instrument(symbol().value())));
            default ->
                    emit(
                            new Event.InstrumentStatusChanged(
                                    next(),
                                    time,
                                    symbol(),
                                    pick(List.of(InstrumentStatus.values()))));
        }
    }

    private Instrument instrument(String symbol) {
        return new Instrument(
                new Symbol(symbol),
                currency(new Symbol(symbol)),
                new Scale(2),
                new Scale(0),
                new Scale(2),
                1 + random.nextInt(5),
                1,
                1_000_000,
                0,
                1_000,
                0,
                -100,
                500,
                InstrumentStatus.OPEN,
                0);
    }

    static Currency currency(Symbol symbol) {
        return symbol.value().endsWith("-EUR") ? EUR : USD;
    }

    private void emit(Event event) {
        pending.add(event);
    }

    private long next() {
        return ++sequence;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private AccountId account() {
        return new AccountId(1 + random.nextInt(ACCOUNTS));
    }

    private Symbol symbol() {
        return new Symbol(SYMBOLS[random.nextInt(SYMBOLS.length)]);
    }

    private long price() {
        return 900L + random.nextInt(200);
    }

    private long amount() {
        return random.nextInt(1_000_000);
    }

    private long signed() {
        return 1L + random.nextInt(2_000) - (random.nextBoolean() ? 2_001 : 0);
    }
}
