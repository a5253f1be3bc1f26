package io.outcry.domain.account;

import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * What one event changed of an account's cash and of one of its positions. The changes of all
 * accounts' entries of one event add up to 0 for each currency and each symbol, when what lies
 * outside of the venue is counted in.
 *
 * @param sequence of the event; an account has at most one entry of each kind of it
 * @param timeNanos UTC nanoseconds since the epoch
 * @param cash null: not changed
 * @param position null: not changed
 * @param tradeId 0: not of a trade
 * @param reference of an adjustment, as given with it; null: not of an adjustment
 */
public record LedgerEntry(
        AccountId accountId,
        long sequence,
        long timeNanos,
        Kind kind,
        @Nullable CashChange cash,
        @Nullable PositionChange position,
        long tradeId,
        @Nullable String reference) {
    private static final long PLACES = 8;

    /**
     * Cash that came or went.
     *
     * @param amount in cash units; below 0: it went
     * @param balance after it
     */
    public record CashChange(Currency currency, long amount, long balance) {}

    /**
     * A quantity that came or went.
     *
     * @param quantity in quantity units; below 0: it went
     * @param balance after it
     */
    public record PositionChange(Symbol symbol, long quantity, long balance) {}

    /** What changed the balances. */
    public enum Kind {
        /** A trade: the quantity came and the cash went, or the other way, its fee included. */
        TRADE(1),
        /** A trade's fees, less its rebates, as the house earns them. */
        FEE(2),
        /** A deposit or withdrawal of cash. */
        CASH_ADJUSTMENT(3),
        /** A deposit or withdrawal of the instrument itself. */
        POSITION_ADJUSTMENT(4);

        private final int place;

        Kind(int place) {
            this.place = place;
        }

        /** Among the entries of one event, from 1 to 7. */
        public int place() {
            return place;
        }
    }

    /** Its place among the account's entries: ascending, and what a page of them ends at. */
    public long id() {
        return Math.addExact(Math.multiplyExact(sequence, PLACES), kind.place());
    }

    /** The sequence of the entry of that {@link #id()}. */
    public static long sequenceOf(long id) {
        return id / PLACES;
    }

    /** The {@link Kind#place()} of the entry of that {@link #id()}. */
    public static int placeOf(long id) {
        return (int) (id % PLACES);
    }
}
