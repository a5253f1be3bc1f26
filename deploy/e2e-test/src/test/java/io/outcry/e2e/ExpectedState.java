package io.outcry.e2e;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.event.Event.CashAdjusted;
import io.outcry.domain.event.Event.OrderAccepted;
import io.outcry.domain.event.Event.OrderCanceled;
import io.outcry.domain.event.Event.PositionAdjusted;
import io.outcry.domain.event.Event.Traded;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must be true after the events, worked out slowly and obviously. Each map's values are text
 * as the database's rows are read, so that the two can be compared. Not thread-safe.
 */
final class ExpectedState {
    private static final int NEW = 1;
    private static final int PARTIALLY_FILLED = 3;
    private static final int FILLED = 4;
    private static final int CANCELED = 5;

    /** How far an order has come. */
    private static final class Progress {
        private final OrderAccepted accepted;
        private long filled;
        private boolean canceled;

        Progress(OrderAccepted accepted) {
            this.accepted = accepted;
        }

        int status() {
            if (filled == accepted.terms().quantity()) {
                return FILLED;
            }
            return canceled ? CANCELED : filled > 0 ? PARTIALLY_FILLED : NEW;
        }
    }

    private final Map<OrderId, Progress> progress = new HashMap<>();
    private final Map<String, String> trades = new HashMap<>();
    private final Map<String, Long> cash = new HashMap<>();
    private final Map<String, Long> positions = new HashMap<>();

    private ExpectedState() {}

    static ExpectedState after(List<Event> events) {
        ExpectedState state = new ExpectedState();
        events.forEach(state::apply);
        return state;
    }

    private void apply(Event event) {
        if (event instanceof OrderAccepted accepted) {
            progress.put(accepted.orderId(), new Progress(accepted));
        } else if (event instanceof OrderCanceled canceled) {
            of(canceled.orderId()).canceled = canceled.remaining() == 0;
        } else if (event instanceof CashAdjusted adjusted) {
            move(cash, adjusted.accountId(), adjusted.currency().code(), adjusted.amount());
        } else if (event instanceof PositionAdjusted adjusted) {
            move(positions, adjusted.accountId(), adjusted.symbol().value(), adjusted.quantity());
        } else if (event instanceof Traded traded) {
            trade(traded);
        }
    }

    private void trade(Traded traded) {
        of(traded.makerOrderId()).filled += traded.quantity();
        of(traded.takerOrderId()).filled += traded.quantity();
        trades.put(
                Long.toString(traded.tradeId()),
                traded.symbol().value()
                        + " "
                        + traded.price()
                        + " "
                        + traded.quantity()
                        + " "
                        + traded.sequence());
        boolean takerBuys = traded.takerSide() == Side.BUY;
        settle(traded, takerBuys ? traded.takerAccountId() : traded.makerAccountId(), 1);
        settle(traded, takerBuys ? traded.makerAccountId() : traded.takerAccountId(), -1);
        String currency = traded.currency().code();
        move(cash, traded.makerAccountId(), currency, -traded.makerFee());
        move(cash, traded.takerAccountId(), currency, -traded.takerFee());
        move(cash, AccountId.HOUSE, currency, traded.makerFee() + traded.takerFee());
    }

    private void settle(Traded traded, AccountId account, int direction) {
        move(positions, account, traded.symbol().value(), direction * traded.quantity());
        move(cash, account, traded.currency().code(), -direction * traded.notional());
    }

    private Progress of(OrderId id) {
        Progress known = progress.get(id);
        if (known == null) {
            throw new AssertionError(
                    "an event tells of order " + id + ", which was never accepted");
        }
        return known;
    }

    private static void move(
            Map<String, Long> balances, AccountId account, String what, long amount) {
        balances.merge(account.value() + " " + what, amount, Long::sum);
    }

    /** By order id: account, client order id, quantity, filled quantity, status code. */
    Map<String, String> orders() {
        Map<String, String> orders = new HashMap<>();
        progress.forEach((id, each) -> orders.put(id.toString(), row(each)));
        return orders;
    }

    private static String row(Progress each) {
        ClientOrderId id = each.accepted.terms().clientOrderId();
        return String.join(
                " ",
                Long.toString(each.accepted.terms().accountId().value()),
                id == null ? "-" : id.value(),
                Long.toString(each.accepted.terms().quantity()),
                Long.toString(each.filled),
                Integer.toString(each.status()));
    }

    /** By trade id: symbol, price, quantity, sequence. */
    Map<String, String> trades() {
        return trades;
    }

    /** By account and currency; without zeros. */
    Map<String, String> cash() {
        return text(cash);
    }

    /** By account and symbol; without zeros. */
    Map<String, String> positions() {
        return text(positions);
    }

    private static Map<String, String> text(Map<String, Long> balances) {
        Map<String, String> text = new HashMap<>();
        balances.forEach(
                (key, value) -> {
                    if (value != 0) {
                        text.put(key, value.toString());
                    }
                });
        return text;
    }
}
