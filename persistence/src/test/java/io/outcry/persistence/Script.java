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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events as a test dictates them: it is told what happens, and numbers it. For one thread. */
final class Script {
    static final Currency USD = new Currency("USD");
    static final long MAKER_FEE = -1;
    static final long TAKER_FEE = 2;

    private static final long TIME = 1_700_000_000_000_000_000L;

    private final List<Event> events = new ArrayList<>();
    private final Map<OrderId, OrderTerms> terms = new HashMap<>();
    private final Map<OrderId, Long> remaining = new HashMap<>();
    private long sequence;
    private long orderId;
    private long tradeId;
    private long takenTo;

    /** Prices and cash without places, and a taker fee of 1 percent. */
    Script instrument(Symbol symbol) {
        events.add(
                new Event.InstrumentDefined(
                        ++sequence,
                        time(),
                        new Instrument(
                                symbol,
                                USD,
                                new Scale(0),
                                new Scale(0),
                                new Scale(0),
                                1,
                                1,
                                1_000_000,
                                0,
                                0,
                                0,
                                -100,
                                10_000,
                                InstrumentStatus.OPEN,
                                0)));
        return this;
    }

    Script account(AccountId id) {
        events.add(new Event.AccountOpened(++sequence, time(), id, 1_000));
        return this;
    }

    Script cash(AccountId id, long amount) {
        events.add(new Event.CashAdjusted(++sequence, time(), id, USD, amount, "cash"));
        return this;
    }

    OrderId limit(
            AccountId account,
            Symbol symbol,
            Side side,
            long quantity,
            long price,
            ClientOrderId clientOrderId) {
        OrderId id = new OrderId(++orderId);
        OrderTerms accepted =
                new OrderTerms(
                        account,
                        symbol,
                        side,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        quantity,
                        price,
                        0,
                        0,
                        0,
                        0,
                        false,
                        SelfTradePrevention.CANCEL_NEWEST,
                        clientOrderId);
        terms.put(id, accepted);
        remaining.put(id, quantity);
        events.add(new Event.OrderAccepted(++sequence, time(), id, accepted));
        return id;
    }

    Script trade(OrderId maker, OrderId taker, long quantity) {
        OrderTerms resting = terms.get(maker);
        OrderTerms arriving = terms.get(taker);
        events.add(
                new Event.Traded(
                        ++sequence,
                        time(),
                        ++tradeId,
                        resting.symbol(),
                        USD,
                        resting.price(),
                        quantity,
                        resting.price() * quantity,
                        arriving.side(),
                        maker,
                        taker,
                        resting.accountId(),
                        arriving.accountId(),
                        MAKER_FEE,
                        TAKER_FEE,
                        remaining.merge(maker, -quantity, Long::sum),
                        remaining.merge(taker, -quantity, Long::sum)));
        return this;
    }

    Script cancel(OrderId id) {
        OrderTerms canceled = terms.get(id);
        events.add(
                new Event.OrderCanceled(
                        ++sequence,
                        time(),
                        id,
                        canceled.accountId(),
                        canceled.symbol(),
                        CancelReason.USER,
                        remaining.get(id),
                        0));
        return this;
    }

    Script add(Event event) {
        sequence = event.sequence();
        events.add(event);
        return this;
    }

    long next() {
        return sequence + 1;
    }

    Event last() {
        return events.get(events.size() - 1);
    }

    /** What was dictated since the last call; {@link #last()} still tells the last of it. */
    List<Event> take() {
        List<Event> taken = events.stream().filter(event -> event.sequence() > takenTo).toList();
        takenTo = sequence;
        return taken;
    }

    private long time() {
        return TIME + sequence * 1_000;
    }
}
