package io.outcry.stores;

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
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Made-up events for a large database: pairs of orders that trade with each other twice, which is
 * three rows of the ledger for each order, over a month. One pair in twenty rests: its orders are
 * open; of one in a hundred both are canceled. For one thread.
 */
final class SyntheticTrading {
    private static final Currency USD = new Currency("USD");
    static final long START = 1_760_000_000_000_000_000L;
    static final long SPAN = TimeUnit.DAYS.toNanos(30);

    /** Of so many pairs the last rests. */
    private static final int RESTING = 20;

    /** Of so many pairs the last but one, which does not rest, is canceled. */
    private static final int CANCELED = 100;

    /** Below and above what others trade at. */
    private static final long RESTING_AWAY = 3_000;

    private final Random random = new Random(1);
    private final int accounts;
    private final List<Symbol> symbols = new ArrayList<>();
    private final long stepNanos;
    private long sequence;
    private long order;
    private long trade;

    SyntheticTrading(long orders, int accounts, int symbolCount) {
        this.accounts = accounts;
        this.stepNanos = SPAN / orders;
        for (int i = 0; i < symbolCount; i++) {
            symbols.add(new Symbol("SYM" + i));
        }
    }

    /** How many orders of so many stay open. */
    static long open(long orders) {
        return orders / 2 / RESTING * 2;
    }

    /** How many orders of so many are canceled. */
    static long canceled(long orders) {
        return (orders / 2 + 1) / CANCELED * 2;
    }

    /** How many events come of so many orders: those that do not stay open have two each. */
    static long events(long orders) {
        return orders * 2 - open(orders);
    }

    List<Event> opening() {
        List<Event> events = new ArrayList<>();
        symbols.forEach(
                symbol -> events.add(new Event.InstrumentDefined(next(), now(), terms(symbol))));
        for (int i = 1; i <= accounts; i++) {
            AccountId account = new AccountId(i);
            events.add(new Event.AccountOpened(next(), now(), account, Integer.MAX_VALUE));
            events.add(
                    new Event.CashAdjusted(
                            next(), now(), account, USD, 1_000_000_000_000L, "opening"));
        }
        return events;
    }

    /** The events of so many orders, an even number. */
    List<Event> orders(int count) {
        List<Event> events = new ArrayList<>(count * 2);
        for (int i = 0; i < count; i += 2) {
            pair(events);
        }
        return events;
    }

    private void pair(List<Event> events) {
        Symbol symbol = symbols.get(random.nextInt(symbols.size()));
        long price = 9_000L + random.nextInt(2_000);
        long buyer = 1L + random.nextInt(accounts);
        long seller = buyer % accounts + 1;
        long pair = order / 2 + 1;
        if (pair % RESTING == 0) {
            events.add(accepted(buyer, symbol, Side.BUY, price - RESTING_AWAY));
            events.add(accepted(seller, symbol, Side.SELL, price + RESTING_AWAY));
            return;
        }
        Event.OrderAccepted maker = accepted(buyer, symbol, Side.BUY, price);
        Event.OrderAccepted taker = accepted(seller, symbol, Side.SELL, price);
        events.add(maker);
        events.add(taker);
        if ((pair + 1) % CANCELED == 0) {
            events.add(canceled(maker));
            events.add(canceled(taker));
        } else {
            events.add(traded(maker, taker, 60));
            events.add(traded(maker, taker, 0));
        }
    }

    private Event.OrderAccepted accepted(long account, Symbol symbol, Side side, long price) {
        order++;
        OrderTerms terms =
                new OrderTerms(
                        new AccountId(account),
                        symbol,
                        side,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        100,
                        price,
                        0,
                        0,
                        0,
                        0,
                        false,
                        SelfTradePrevention.CANCEL_NEWEST,
                        new ClientOrderId("c" + order));
        return new Event.OrderAccepted(next(), now(), new OrderId(order), terms);
    }

    private Event canceled(Event.OrderAccepted order) {
        OrderTerms terms = order.terms();
        return new Event.OrderCanceled(
                next(),
                now(),
                order.orderId(),
                terms.accountId(),
                terms.symbol(),
                CancelReason.USER,
                terms.quantity(),
                0);
    }

    private Event traded(Event.OrderAccepted maker, Event.OrderAccepted taker, long remaining) {
        long quantity = remaining == 0 ? 60 : 40;
        long price = maker.terms().price();
        return new Event.Traded(
                next(),
                now(),
                ++trade,
                maker.terms().symbol(),
                USD,
                price,
                quantity,
                price * quantity,
                Side.SELL,
                maker.orderId(),
                taker.orderId(),
                maker.terms().accountId(),
                taker.terms().accountId(),
                -10,
                50,
                remaining,
                remaining);
    }

    private long next() {
        return ++sequence;
    }

    private long now() {
        return START + order * stepNanos;
    }

    private static Instrument terms(Symbol symbol) {
        return new Instrument(
                symbol,
                USD,
                new Scale(2),
                new Scale(0),
                new Scale(2),
                1,
                1,
                1_000_000,
                0,
                10_000,
                0,
                -100,
                500,
                InstrumentStatus.OPEN,
                0);
    }
}
