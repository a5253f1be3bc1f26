package io.outcry.stores;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up events of a busy venue: half of the orders rest, and trade some thousand orders later
 * with the other half. Of each order come, on average, half a trade, a fill and one and a half rows
 * of the ledger. For one thread.
 */
final class RestingTrading {
    private static final Currency USD = new Currency("USD");
    private static final int RESTING = 2_000;
    private static final long QUANTITY = 100;
    private static final long FUNDS = 1_000_000_000_000L;

    private final Random random = new Random(3);
    private final int accounts;
    private final List<Symbol> symbols = new ArrayList<>();
    private final ArrayDeque<Event.OrderAccepted> resting = new ArrayDeque<>();
    private long sequence;
    private long order;
    private long trade;

    RestingTrading(int accounts, int symbolCount) {
        this.accounts = accounts;
        for (int i = 0; i < symbolCount; i++) {
            symbols.add(new Symbol("SYM" + i));
        }
    }

    List<Event> opening() {
        List<Event> events = new ArrayList<>();
        symbols.forEach(
                symbol -> events.add(new Event.InstrumentDefined(next(), sequence, terms(symbol))));
        for (int i = 1; i <= accounts; i++) {
            AccountId account = new AccountId(i);
            events.add(new Event.AccountOpened(next(), sequence, account, FUNDS));
            events.add(new Event.CashAdjusted(next(), sequence, account, USD, FUNDS, "opening"));
        }
        return events;
    }

    /** The events of so many orders, an even number, and of what comes of them. */
    List<Event> orders(int count) {
        List<Event> events = new ArrayList<>(count * 2);
        for (int i = 0; i < count; i += 2) {
            Symbol symbol = symbols.get(random.nextInt(symbols.size()));
            Event.OrderAccepted rests =
                    accepted(1 + random.nextInt(accounts), symbol, Side.BUY, TimeInForce.GTC);
            events.add(rests);
            resting.add(rests);
            Event.OrderAccepted maker = resting.peek();
            if (maker == null || resting.size() < RESTING) {
                continue;
            }
            resting.remove();
            long taking = maker.terms().accountId().value() % accounts + 1;
            Event.OrderAccepted taker =
                    accepted(taking, maker.terms().symbol(), Side.SELL, TimeInForce.IOC);
            events.add(taker);
            events.add(traded(maker, taker));
        }
        return events;
    }

    long sequence() {
        return sequence;
    }

    private Event.OrderAccepted accepted(
            long account, Symbol symbol, Side side, TimeInForce timeInForce) {
        order++;
        OrderTerms terms =
                new OrderTerms(
                        new AccountId(account),
                        symbol,
                        side,
                        OrderType.LIMIT,
                        timeInForce,
                        QUANTITY,
                        15_000,
                        0,
                        0,
                        0,
                        0,
                        false,
                        SelfTradePrevention.CANCEL_NEWEST,
                        new ClientOrderId("load-" + account + "-" + order));
        return new Event.OrderAccepted(next(), sequence, new OrderId(order), terms);
    }

    private Event traded(Event.OrderAccepted maker, Event.OrderAccepted taker) {
        long price = maker.terms().price();
        return new Event.Traded(
                next(),
                sequence,
                ++trade,
                maker.terms().symbol(),
                USD,
                price,
                QUANTITY,
                price * QUANTITY,
                Side.SELL,
                maker.orderId(),
                taker.orderId(),
                maker.terms().accountId(),
                taker.terms().accountId(),
                10,
                20,
                0,
                0);
    }

    private long next() {
        return ++sequence;
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
                15_000,
                0,
                7,
                14,
                InstrumentStatus.OPEN,
                0);
    }
}
