package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.Side;
import io.outcry.domain.portfolio.CostBasis;
import io.outcry.domain.store.AccountFill;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a batch of events comes to: every order, balance and position that it touches once, in its
 * final state. No I/O. For one thread.
 */
final class BatchFold {
    record CashKey(AccountId accountId, Currency currency) {}

    record PositionKey(AccountId accountId, Symbol symbol) {}

    record AccountTrade(AccountId accountId, Currency currency, AccountFill fill) {}

    private final InstrumentTable instruments;
    private final Map<OrderId, Order> orders;
    private final Map<PositionKey, CostBasis> positions;
    private final List<AccountTrade> fills = new ArrayList<>();
    private final List<PublicTrade> trades = new ArrayList<>();
    private final Map<CashKey, Long> cash = new HashMap<>();
    private final Map<CashKey, Long> creditLimits = new HashMap<>();
    private final Map<AccountId, Event.AccountOpened> openedAccounts = new LinkedHashMap<>();
    private final Map<AccountId, Long> shortLimits = new HashMap<>();
    private final Map<AccountId, Boolean> suspensions = new HashMap<>();
    private final List<Event.CashAdjusted> cashAdjustments = new ArrayList<>();
    private final List<Event.PositionAdjusted> positionAdjustments = new ArrayList<>();

    /**
     * @param orders those that the events touch and do not accept, as stored
     * @param positions those that the events touch and that are stored
     */
    BatchFold(
            InstrumentTable instruments,
            Map<OrderId, Order> orders,
            Map<PositionKey, CostBasis> positions) {
        this.instruments = instruments;
        this.orders = new LinkedHashMap<>(orders);
        this.positions = new HashMap<>(positions);
    }

    void apply(Event event) {
        if (event instanceof Event.OrderAccepted e) {
            orders.put(e.orderId(), OrderLife.accepted(e));
        } else if (event instanceof Event.Traded e) {
            traded(e);
        } else if (event instanceof Event.OrderCanceled e) {
            orders.put(e.orderId(), OrderLife.canceled(order(e.orderId(), e), e));
        } else if (event instanceof Event.OrderExpired e) {
            orders.put(e.orderId(), OrderLife.expired(order(e.orderId(), e), e));
        } else if (event instanceof Event.OrderReplaced e) {
            orders.put(e.orderId(), OrderLife.replaced(order(e.orderId(), e), e));
        } else if (event instanceof Event.OrderTriggered e) {
            orders.put(e.orderId(), OrderLife.triggered(order(e.orderId(), e), e));
        } else if (event instanceof Event.InstrumentDefined e) {
            instruments.defined(e.instrument());
        } else if (event instanceof Event.InstrumentStatusChanged e) {
            instruments.statusChanged(e.symbol(), e.status());
        } else if (!applyToAccount(event)) {
            requireNoChange(event);
        }
    }

    private boolean applyToAccount(Event event) {
        if (event instanceof Event.AccountOpened e) {
            openedAccounts.put(e.accountId(), e);
            shortLimits.put(e.accountId(), e.shortLimit());
        } else if (event instanceof Event.CashAdjusted e) {
            addCash(e.accountId(), e.currency(), e.amount());
            cashAdjustments.add(e);
        } else if (event instanceof Event.PositionAdjusted e) {
            positionAdjusted(e);
        } else if (event instanceof Event.LimitsSet e) {
            shortLimits.put(e.accountId(), e.shortLimit());
            creditLimits.put(new CashKey(e.accountId(), e.currency()), e.creditLimit());
        } else if (event instanceof Event.AccountSuspended e) {
            suspensions.put(e.accountId(), true);
        } else if (event instanceof Event.AccountResumed e) {
            suspensions.put(e.accountId(), false);
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

    private void traded(Event.Traded e) {
        Order maker = order(e.makerOrderId(), e);
        Order taker = order(e.takerOrderId(), e);
        orders.put(maker.id(), OrderLife.traded(maker, e, e.makerFee(), e.makerRemaining()));
        orders.put(taker.id(), OrderLife.traded(taker, e, e.takerFee(), e.takerRemaining()));
        traded(maker, Liquidity.MAKER, e.makerFee(), e);
        traded(taker, Liquidity.TAKER, e.takerFee(), e);
        addCash(AccountId.HOUSE, e.currency(), Math.addExact(e.makerFee(), e.takerFee()));
        instruments.traded(e.symbol(), e.price());
        trades.add(
                new PublicTrade(
                        e.tradeId(),
                        e.symbol(),
                        e.price(),
                        e.quantity(),
                        e.takerSide(),
                        e.sequence(),
                        e.timeNanos()));
    }

    private void traded(Order order, Liquidity liquidity, long fee, Event.Traded e) {
        AccountId account = order.terms().accountId();
        Side side = order.terms().side();
        long paid =
                switch (side) {
                    case BUY -> Math.addExact(e.notional(), fee);
                    case SELL -> Math.subtractExact(fee, e.notional());
                };
        addCash(account, e.currency(), -paid);
        PositionKey key = new PositionKey(account, e.symbol());
        positions.put(key, position(key).trade(side, e.quantity(), e.notional()));
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
        fills.add(new AccountTrade(account, e.currency(), new AccountFill(e.symbol(), side, fill)));
    }

    private void positionAdjusted(Event.PositionAdjusted e) {
        PositionKey key = new PositionKey(e.accountId(), e.symbol());
        positions.put(key, transferred(position(key), e));
        positionAdjustments.add(e);
    }

    /** What comes in costs what it is worth, unless that is more than can be counted. */
    private CostBasis transferred(CostBasis position, Event.PositionAdjusted e) {
        try {
            return position.transfer(
                    e.quantity(), instruments.worth(e.symbol(), Math.absExact(e.quantity())));
        } catch (ArithmeticException overflow) {
            return position.transfer(e.quantity(), 0);
        }
    }

    private void addCash(AccountId accountId, Currency currency, long amount) {
        cash.merge(new CashKey(accountId, currency), amount, Math::addExact);
    }

    private CostBasis position(PositionKey key) {
        return positions.getOrDefault(key, CostBasis.NONE);
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

    Map<PositionKey, CostBasis> positions() {
        return positions;
    }

    List<AccountTrade> fills() {
        return fills;
    }

    List<PublicTrade> trades() {
        return trades;
    }

    /** What each balance changes by. */
    Map<CashKey, Long> cash() {
        return cash;
    }

    Map<CashKey, Long> creditLimits() {
        return creditLimits;
    }

    Map<AccountId, Event.AccountOpened> openedAccounts() {
        return openedAccounts;
    }

    Map<AccountId, Long> shortLimits() {
        return shortLimits;
    }

    Map<AccountId, Boolean> suspensions() {
        return suspensions;
    }

    List<Event.CashAdjusted> cashAdjustments() {
        return cashAdjustments;
    }

    List<Event.PositionAdjusted> positionAdjustments() {
        return positionAdjustments;
    }
}
