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
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Events of a busy venue: half of the orders rest and are canceled some thousand orders later, half
 * trade with a resting one, which is about what 40 clients do. For one thread.
 */
final class BenchmarkFlow {
    private static final Currency USD = new Currency("USD");
    private static final int RESTING = 2_000;

    private final int accounts;
    private final List<Symbol> symbols = new ArrayList<>();
    private final Random random = new Random(1);
    private final ArrayDeque<Event.OrderAccepted> resting = new ArrayDeque<>();
    private final List<Event> events = new ArrayList<>();
    private long sequence;
    private long orderId;
    private long tradeId;

    BenchmarkFlow(int accounts, int symbolCount) {
        this.accounts = accounts;
        for (int i = 0; i < symbolCount; i++) {
            symbols.add(new Symbol("SYM" + i));
            events.add(new Event.InstrumentDefined(++sequence, sequence, instrument(i)));
        }
        for (int i = 1; i <= accounts; i++) {
            AccountId account = new AccountId(i);
            events.add(new Event.AccountOpened(++sequence, sequence, account, 1_000_000_000));
            events.add(
                    new Event.CashAdjusted(
                            ++sequence, sequence, account, USD, 1_000_000_000_000L, "opening"));
        }
    }

    /** The events of that many orders, and of what comes of them. */
    List<Event> orders(int count) {
        for (int i = 0; i < count; i++) {
            if (i % 2 == 0) {
                rest();
            } else {
                trade();
            }
        }
        List<Event> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    private void rest() {
        resting.add(accept(OrderType.LIMIT, 1 + random.nextInt(accounts), symbol(), Side.BUY));
        if (resting.size() > RESTING) {
            cancel(resting.removeFirst());
        }
    }

    private void trade() {
        Event.OrderAccepted maker = resting.removeLast();
        long makerAccount = maker.terms().accountId().value();
        Event.OrderAccepted taker =
                accept(
                        OrderType.MARKET,
                        makerAccount % accounts + 1,
                        maker.terms().symbol(),
                        Side.SELL);
        events.add(
                new Event.Traded(
                        ++sequence,
                        sequence,
                        ++tradeId,
                        maker.terms().symbol(),
                        USD,
                        15_000,
                        100,
                        1_500_000,
                        Side.SELL,
                        maker.orderId(),
                        taker.orderId(),
                        maker.terms().accountId(),
                        taker.terms().accountId(),
                        10,
                        20,
                        0,
                        0));
        if (resting.size() < RESTING / 2) {
            resting.add(accept(OrderType.LIMIT, 1 + random.nextInt(accounts), symbol(), Side.BUY));
        }
    }

    private void cancel(Event.OrderAccepted order) {
        events.add(
                new Event.OrderCanceled(
                        ++sequence,
                        sequence,
                        order.orderId(),
                        order.terms().accountId(),
                        order.terms().symbol(),
                        CancelReason.USER,
                        100,
                        0));
    }

    private Event.OrderAccepted accept(OrderType type, long account, Symbol symbol, Side side) {
        OrderTerms terms =
                new OrderTerms(
                        new AccountId(account),
                        symbol,
                        side,
                        type,
                        type == OrderType.MARKET ? TimeInForce.IOC : TimeInForce.GTC,
                        100,
                        15_000,
                        0,
                        0,
                        0,
                        0,
                        false,
                        SelfTradePrevention.CANCEL_NEWEST,
                        new ClientOrderId("load-" + account + "-" + (orderId + 1)));
        Event.OrderAccepted accepted =
                new Event.OrderAccepted(++sequence, sequence, new OrderId(++orderId), terms);
        events.add(accepted);
        return accepted;
    }

    private Symbol symbol() {
        return symbols.get(random.nextInt(symbols.size()));
    }

    private Instrument instrument(int i) {
        return new Instrument(
                symbols.get(i),
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
