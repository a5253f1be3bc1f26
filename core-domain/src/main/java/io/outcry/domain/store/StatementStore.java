package io.outcry.domain.store;

import io.outcry.domain.account.AccountId;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What happened in an account in a period, oldest first, written as it is read: memory does not
 * grow with its length. Prices, quantities and cash are plain decimals, times RFC 3339 in UTC. Safe
 * for use by many threads; each call keeps one connection to the store until it is done.
 */
public interface StatementStore {

    /** What a statement is about. */
    enum Subject {
        /** Orders that were accepted in the period, as they stand. */
        ORDERS,
        FILLS,
        /** Every change of cash and positions, with the balances after it. */
        LEDGER
    }

    /** How a statement is written, in UTF-8. */
    enum Format {
        /** RFC 4180, with a line of names first. */
        CSV,
        /** An array of objects of strings; what there is not is null. */
        JSON
    }

    /**
     * From a time until before another.
     *
     * @param fromNanos UTC since the epoch
     * @param toNanos likewise; not in the period itself
     */
    record Period(long fromNanos, long toNanos) {
        /** Since the epoch. */
        public static final Period ALWAYS = new Period(0, Long.MAX_VALUE);

        public Period {
            if (toNanos < fromNanos) {
                throw new IllegalArgumentException("a period must not end before it begins");
            }
        }
    }

    /**
     * Writes a statement; all of it is of one moment. The stream is flushed and not closed.
     *
     * @return how many rows
     * @throws IOException when the stream takes no more: a part has been written
     * @throws StoreUnavailableException when the store does not answer: a part may have been
     *     written
     */
    long write(AccountId accountId, Subject subject, Period period, Format format, OutputStream out)
            throws IOException;
}
