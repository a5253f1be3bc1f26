package io.outcry.persistence;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.order.Side;
import io.outcry.persistence.PlainReplay.Rows;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cash and positions, one event at a time in the plainest way, with integers of any size. For one
 * thread.
 */
final class PlainLedger {
    private static final long NO_HISTORY = Long.MAX_VALUE;

    private record Key(long account, String asset) {}

    private static final class Position {
        long quantity;
        BigInteger cost = BigInteger.ZERO;
        BigInteger realized = BigInteger.ZERO;
    }

    private final Rows rows;
    private final Map<Key, long[]> cash = new HashMap<>();
    private final Map<Key, Position> positions = new HashMap<>();

    PlainLedger(Rows rows) {
        this.rows = rows;
    }

    void traded(Event.Traded e) {
        boolean takerBuys = e.takerSide() == Side.BUY;
        side(e, e.makerAccountId().value(), !takerBuys, e.makerFee());
        side(e, e.takerAccountId().value(), takerBuys, e.takerFee());
        long fees = e.makerFee() + e.takerFee();
        if (fees != 0) {
            String currency = e.currency().code();
            long balance = addCash(0, currency, fees);
            line(e, 0, 2, e.tradeId(), null, currency, fees, balance, null, null, null);
        }
    }

    private void side(Event.Traded e, long account, boolean buys, long fee) {
        String currency = e.currency().code();
        String symbol = e.symbol().value();
        long cash = (buys ? -e.notional() : e.notional()) - fee;
        long balance = addCash(account, currency, cash);
        long moved = buys ? e.quantity() : -e.quantity();
        long position = move(account, symbol, moved, big(e.notional()), true);
        line(e, account, 1, e.tradeId(), null, currency, cash, balance, symbol, moved, position);
    }

    void adjusted(Event.CashAdjusted e) {
        String currency = e.currency().code();
        long account = e.accountId().value();
        long amount = e.amount();
        long balance = addCash(account, currency, amount);
        String reference = e.reference();
        line(e, account, 3, null, reference, currency, amount, balance, null, null, null);
        line(e, -1, 3, null, reference, currency, -amount, null, null, null, null);
    }

    void adjusted(Event.PositionAdjusted e, Instrument instrument, long lastPrice) {
        String symbol = e.symbol().value();
        long price = lastPrice == 0 ? instrument.referencePrice() : lastPrice;
        int spare =
                instrument.cashScale().places()
                        - instrument.priceScale().places()
                        - instrument.quantityScale().places();
        BigInteger value =
                big(Math.abs(e.quantity()))
                        .multiply(big(price))
                        .multiply(BigInteger.TEN.pow(spare));
        long account = e.accountId().value();
        long moved = e.quantity();
        long position = move(account, symbol, moved, value, false);
        String reference = e.reference();
        line(e, account, 4, null, reference, null, null, null, symbol, moved, position);
        line(e, -1, 4, null, reference, null, null, null, symbol, -moved, null);
    }

    void limited(Event.LimitsSet e) {
        balance(e.accountId().value(), e.currency().code())[1] = e.creditLimit();
    }

    /** What goes the other way takes its share of the cost along, the rest comes at its value. */
    private long move(long account, String symbol, long moved, BigInteger value, boolean realizes) {
        Position position =
                positions.computeIfAbsent(new Key(account, symbol), key -> new Position());
        long size = Math.abs(moved);
        long sign = Long.signum(moved);
        long left = size;
        BigInteger leftValue = value;
        if (Long.signum(position.quantity) == -sign) {
            long closed = Math.min(size, Math.abs(position.quantity));
            BigInteger closedValue = share(value, closed, size);
            BigInteger cost = share(position.cost, closed, Math.abs(position.quantity));
            if (realizes) {
                BigInteger received = closedValue.multiply(big(-sign));
                position.realized = position.realized.add(received).subtract(cost);
            }
            position.cost = position.cost.subtract(cost);
            position.quantity += sign * closed;
            left -= closed;
            leftValue = leftValue.subtract(closedValue);
        }
        if (left > 0) {
            position.quantity += sign * left;
            position.cost = position.cost.add(leftValue.multiply(big(sign)));
        }
        return position.quantity;
    }

    private static BigInteger share(BigInteger amount, long part, long whole) {
        return amount.multiply(big(part)).divide(big(whole));
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    private long addCash(long account, String currency, long amount) {
        return balance(account, currency)[0] += amount;
    }

    private long[] balance(long account, String currency) {
        return cash.computeIfAbsent(new Key(account, currency), key -> new long[2]);
    }

    private void line(Event e, long account, int kind, @Nullable Object... rest) {
        @Nullable Object[] fields = new @Nullable Object[4 + rest.length];
        fields[0] = account;
        fields[1] = e.sequence();
        fields[2] = e.timeNanos();
        fields[3] = kind;
        System.arraycopy(rest, 0, fields, 4, rest.length);
        rows.row("ledger", e.sequence(), fields);
    }

    void end() {
        cash.forEach(
                (key, b) ->
                        rows.row("cash_balances", NO_HISTORY, key.account, key.asset, b[0], b[1]));
        positions.forEach(
                (key, p) ->
                        rows.row(
                                "positions",
                                NO_HISTORY,
                                key.account,
                                key.asset,
                                p.quantity,
                                p.cost,
                                p.realized));
    }
}
