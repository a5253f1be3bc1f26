package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.account.LedgerEntry.CashChange;
import io.outcry.domain.account.LedgerEntry.Kind;
import io.outcry.domain.account.LedgerEntry.PositionChange;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Side;
import io.outcry.domain.portfolio.CostBasis;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of events makes of cash and positions, and the ledger's lines about it, by double
 * entry. No I/O. For one thread.
 */
final class LedgerFold {
    /** The account of all that is not in the venue. */
    static final long OUTSIDE = -1;

    record CashKey(AccountId accountId, Currency currency) {}

    record PositionKey(AccountId accountId, Symbol symbol) {}

    /** A balance as stored. */
    record Cash(long cash, long creditLimit) {
        static final Cash NONE = new Cash(0, 0);
    }

    /**
     * A row of the ledger; only the outside has no balances.
     *
     * @param cash null: not changed
     * @param position null: not changed
     */
    record Line(
            long accountId,
            Event event,
            Kind kind,
            @Nullable Change cash,
            @Nullable Change position,
            long tradeId,
            @Nullable String reference) {}

    /**
     * What a trade is to its two accounts and the house.
     *
     * @param fees null: nothing
     */
    record Sides(Line maker, Line taker, @Nullable Line fees) {}

    /** What a row tells of a currency or a symbol. */
    record Change(String asset, long amount, @Nullable Long balance) {}

    private static LedgerEntry entry(Line line) {
        Change cash = line.cash();
        Change position = line.position();
        return new LedgerEntry(
                new AccountId(line.accountId()),
                line.event().sequence(),
                line.event().timeNanos(),
                line.kind(),
                cash == null
                        ? null
                        : new CashChange(
                                new Currency(cash.asset()),
                                cash.amount(),
                                Objects.requireNonNull(cash.balance())),
                position == null
                        ? null
                        : new PositionChange(
                                new Symbol(position.asset()),
                                position.amount(),
                                Objects.requireNonNull(position.balance())),
                line.tradeId(),
                line.reference());
    }

    private final Map<CashKey, Cash> cash;
    private final Map<PositionKey, CostBasis> positions;
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param cash balances that the events touch and that are stored
     * @param positions those that the events touch and that are stored
     */
    LedgerFold(Map<CashKey, Cash> cash, Map<PositionKey, CostBasis> positions) {
        this.cash = new HashMap<>(cash);
        this.positions = new HashMap<>(positions);
    }

    Sides traded(Event.Traded e) {
        Side makerSide = e.takerSide() == Side.BUY ? Side.SELL : Side.BUY;
        Line maker = traded(e, e.makerAccountId(), makerSide, e.makerFee());
        Line taker = traded(e, e.takerAccountId(), e.takerSide(), e.takerFee());
        long fees = Math.addExact(e.makerFee(), e.takerFee());
        return new Sides(maker, taker, fees == 0 ? null : fees(e, fees));
    }

    private Line fees(Event.Traded e, long fees) {
        Change cash = addCash(AccountId.HOUSE, e.currency(), fees);
        Line line = new Line(AccountId.HOUSE.value(), e, Kind.FEE, cash, null, e.tradeId(), null);
        lines.add(line);
        return line;
    }

    private Line traded(Event.Traded e, AccountId account, Side side, long fee) {
        long paid =
                switch (side) {
                    case BUY -> Math.addExact(e.notional(), fee);
                    case SELL -> Math.subtractExact(fee, e.notional());
                };
        Change cash = addCash(account, e.currency(), -paid);
        PositionKey key = new PositionKey(account, e.symbol());
        CostBasis position = position(key).trade(side, e.quantity(), e.notional());
        positions.put(key, position);
        long moved = side == Side.BUY ? e.quantity() : -e.quantity();
        Change quantity = new Change(e.symbol().value(), moved, position.quantity());
        Line line = new Line(account.value(), e, Kind.TRADE, cash, quantity, e.tradeId(), null);
        lines.add(line);
        return line;
    }

    void adjusted(Event.CashAdjusted e) {
        Change cash = addCash(e.accountId(), e.currency(), e.amount());
        Change outside = new Change(e.currency().code(), Math.negateExact(e.amount()), null);
        Kind kind = Kind.CASH_ADJUSTMENT;
        lines.add(new Line(e.accountId().value(), e, kind, cash, null, 0, e.reference()));
        lines.add(new Line(OUTSIDE, e, kind, outside, null, 0, e.reference()));
    }

    /** What comes in costs what it is worth. */
    void adjusted(Event.PositionAdjusted e, InstrumentTable instruments) {
        PositionKey key = new PositionKey(e.accountId(), e.symbol());
        BigInteger worth = instruments.worth(e.symbol(), Math.absExact(e.quantity()));
        CostBasis position = position(key).transfer(e.quantity(), worth);
        positions.put(key, position);
        String symbol = e.symbol().value();
        Change quantity = new Change(symbol, e.quantity(), position.quantity());
        Change outside = new Change(symbol, Math.negateExact(e.quantity()), null);
        Kind kind = Kind.POSITION_ADJUSTMENT;
        lines.add(new Line(e.accountId().value(), e, kind, null, quantity, 0, e.reference()));
        lines.add(new Line(OUTSIDE, e, kind, null, outside, 0, e.reference()));
    }

    void limited(Event.LimitsSet e) {
        CashKey key = new CashKey(e.accountId(), e.currency());
        cash.put(key, new Cash(balance(key).cash(), e.creditLimit()));
    }

    private Change addCash(AccountId account, Currency currency, long amount) {
        CashKey key = new CashKey(account, currency);
        Cash before = balance(key);
        long after = Math.addExact(before.cash(), amount);
        cash.put(key, new Cash(after, before.creditLimit()));
        return new Change(currency.code(), amount, after);
    }

    private Cash balance(CashKey key) {
        return cash.getOrDefault(key, Cash.NONE);
    }

    private CostBasis position(PositionKey key) {
        return positions.getOrDefault(key, CostBasis.NONE);
    }

    Map<CashKey, Cash> cash() {
        return cash;
    }

    Map<PositionKey, CostBasis> positions() {
        return positions;
    }

    List<Line> lines() {
        return lines;
    }

    /** The lines of accounts that somebody owns. */
    List<LedgerEntry> entries() {
        return lines.stream()
                .filter(line -> line.accountId() > AccountId.HOUSE.value())
                .map(LedgerFold::entry)
                .toList();
    }
}
