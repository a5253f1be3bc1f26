package io.outcry.persistence;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.InstrumentChange;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderStep.Change;
import io.outcry.domain.store.AccountFill;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of events comes to: every order, account, balance and position that it touches once,
 * in its final state, and what history gains. No I/O. For one thread.
 */
final class BatchFold {
    /** A fill, and what it changed of its account's balances. */
    record AccountTrade(
            Currency currency, AccountFill fill, LedgerFold.Line line, boolean completesOrder) {}

    /**
     * @param fees what the house gets of it; null: nothing
     */
    record MarketTrade(PublicTrade trade, LedgerFold.@Nullable Line fees) {}

    private final WriterMemory memory;
    private final Map<OrderId, Order> orders;
    private final LedgerFold ledger;
    private final AccountFold accounts = new AccountFold();
    private final List<OrderChange> orderChanges = new ArrayList<>();
    private final List<AccountTrade> fills = new ArrayList<>();
    private final List<MarketTrade> trades = new ArrayList<>();
    private final List<InstrumentChange> instrumentChanges = new ArrayList<>();

    /**
     * @param memory whose instruments and candles follow the events
     * @param stored what the events touch, as stored
     */
    BatchFold(WriterMemory memory, StoredState stored) {
        this.memory = memory;
        this.orders = new LinkedHashMap<>(stored.orders());
        this.ledger = new LedgerFold(stored.cash(), stored.positions());
    }

    void apply(Event event) {
        if (event instanceof Event.OrderAccepted e) {
            orders.put(e.orderId(), OrderLife.accepted(e));
        } else if (event instanceof Event.Traded e) {
            traded(e);
        } else if (event instanceof Event.OrderCanceled e) {
            canceled(e);
        } else if (event instanceof Event.OrderExpired e) {
            orders.put(e.orderId(), OrderLife.expired(order(e.orderId(), e), e));
        } else if (event instanceof Event.OrderReplaced e) {
            Order before = order(e.orderId(), e);
            orderChanges.add(OrderChange.of(before, e, Change.REPLACED));
            orders.put(e.orderId(), OrderLife.replaced(before, e));
        } else if (event instanceof Event.OrderTriggered e) {
            Order before = order(e.orderId(), e);
            orderChanges.add(OrderChange.of(before, e, Change.TRIGGERED));
            orders.put(e.orderId(), OrderLife.triggered(before, e));
        } else if (!applyToInstrument(event) && !applyToBalances(event) && !accounts.apply(event)) {
            requireNoChange(event);
        }
    }

    private boolean applyToInstrument(Event event) {
        if (event instanceof Event.InstrumentDefined e) {
            memory.instruments().defined(e.instrument());
            instrumentChanged(event, e.instrument().symbol());
        } else if (event instanceof Event.InstrumentStatusChanged e) {
            memory.instruments().statusChanged(e.symbol(), e.status());
            instrumentChanged(event, e.symbol());
        } else {
            return false;
        }
        return true;
    }

    private void instrumentChanged(Event event, Symbol symbol) {
        instrumentChanges.add(
                new InstrumentChange(
                        event.sequence(), event.timeNanos(), memory.instruments().known(symbol)));
    }

    private boolean applyToBalances(Event event) {
        if (event instanceof Event.CashAdjusted e) {
            ledger.adjusted(e);
        } else if (event instanceof Event.PositionAdjusted e) {
            ledger.adjusted(e, memory.instruments());
        } else if (event instanceof Event.LimitsSet e) {
            ledger.limited(e);
            return accounts.apply(event);
        } else {
            return false;
        }
        return true;
    }

    private static void requireNoChange(Event event) {
        boolean changesNothing =
                event instanceof Event.OrderRejected
                        || event instanceof Event.ReplaceRejected
                        || event instanceof Event.CancelRejected
                        || event instanceof Event.SessionClosed;
        if (!changesNothing) {
            throw new IllegalStateException("no rule to project " + event);
        }
    }

    private void canceled(Event.OrderCanceled e) {
        Order before = order(e.orderId(), e);
        if (e.remaining() > 0) {
            orderChanges.add(OrderChange.of(before, e, Change.REDUCED));
        }
        orders.put(e.orderId(), OrderLife.canceled(before, e));
    }

    private void traded(Event.Traded e) {
        Order maker = order(e.makerOrderId(), e);
        Order taker = order(e.takerOrderId(), e);
        Order made = OrderLife.traded(maker, e, e.makerFee(), e.makerRemaining());
        Order taken = OrderLife.traded(taker, e, e.takerFee(), e.takerRemaining());
        orders.put(made.id(), made);
        orders.put(taken.id(), taken);
        LedgerFold.Sides sides = ledger.traded(e);
        fills.add(fill(made, Liquidity.MAKER, e.makerFee(), e, sides.maker()));
        fills.add(fill(taken, Liquidity.TAKER, e.takerFee(), e, sides.taker()));
        memory.instruments().traded(e.symbol(), e.price());
        memory.candles().apply(e);
        trades.add(new MarketTrade(PublicTrade.of(e), sides.fees()));
    }

    private static AccountTrade fill(
            Order order, Liquidity liquidity, long fee, Event.Traded e, LedgerFold.Line line) {
        Fill fill =
                new Fill(
                        e.tradeId(),
                        order.id(),
                        e.price(),
                        e.quantity(),
                        e.notional(),
                        fee,
                        liquidity,
                        e.sequence(),
                        e.timeNanos());
        return new AccountTrade(
                e.currency(),
                new AccountFill(e.symbol(), order.terms().side(), fill),
                line,
                order.status() == OrderStatus.FILLED);
    }

    private Order order(OrderId id, Event event) {
        Order order = orders.get(id);
        if (order == null) {
            throw new IllegalStateException("no open order for " + event);
        }
        return order;
    }

    Iterable<Order> orders() {
        return orders.values();
    }

    List<OrderChange> orderChanges() {
        return orderChanges;
    }

    List<AccountTrade> fills() {
        return fills;
    }

    List<MarketTrade> trades() {
        return trades;
    }

    LedgerFold ledger() {
        return ledger;
    }

    AccountFold accounts() {
        return accounts;
    }

    List<InstrumentChange> instrumentChanges() {
        return instrumentChanges;
    }
}
