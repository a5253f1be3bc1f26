package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.StoreUnavailableException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * What happened in an account in a period, oldest first, written as it is read: memory does not
 * grow with its length. Prices, quantities and cash are plain decimals, times RFC 3339 in UTC. Safe
 * for use by many threads; each call keeps one of the pool's connections until it is done.
 */
public final class Statements {
    private static final int FETCH_SIZE = 1_000;

    private final Database database;

    Statements(Database database) {
        this.database = database;
    }

    /** What a statement is about. */
    public enum Subject {
        /** Orders that were accepted in the period, as they stand. */
        ORDERS,
        FILLS,
        /** Every change of cash and positions, with the balances after it. */
        LEDGER
    }

    /** How a statement is written, in UTF-8. */
    public enum Format {
        /** RFC 4180, with a line of names first. */
        CSV,
        /** An array of objects of strings; what there is not is null. */
        JSON
    }

    /** From a time until before another, both within 1678 to 2262. */
    public record Period(Instant from, Instant to) {
        public Period {
            if (to.isBefore(from)) {
                throw new IllegalArgumentException("a period must not end before it begins");
            }
            try {
                nanos(from);
                nanos(to);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("a period must lie in 1678 to 2262", e);
            }
        }

        private static long nanos(Instant time) {
            return Math.addExact(
                    Math.multiplyExact(time.getEpochSecond(), TimeUnit.SECONDS.toNanos(1)),
                    time.getNano());
        }

        long fromNanos() {
            return nanos(from);
        }

        long toNanos() {
            return nanos(to);
        }
    }

    /**
     * Writes a statement; all of it is of one moment. The stream is flushed and not closed.
     *
     * @return how many rows
     * @throws IOException when the stream takes no more: a part has been written
     * @throws StoreUnavailableException when the database does not answer: a part may have been
     *     written
     */
    public long write(
            AccountId accountId, Subject subject, Period period, Format format, OutputStream out)
            throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        try {
            long rows =
                    database.snapshot(
                            "writing a statement",
                            handle ->
                                    write(
                                            handle,
                                            accountId,
                                            StatementTable.of(subject, handle),
                                            period,
                                            StatementWriter.of(format, writer)));
            writer.flush();
            return rows;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long write(
            Handle handle,
            AccountId accountId,
            StatementTable table,
            Period period,
            StatementWriter writer) {
        writer.begin(table.columns());
        long count = 0;
        try (ResultIterator<@Nullable String[]> rows =
                handle.createQuery(table.sql())
                        .bind("account", accountId.value())
                        .bind("from", period.fromNanos())
                        .bind("to", period.toNanos())
                        .setFetchSize(FETCH_SIZE)
                        .map((row, context) -> table.fields(row))
                        .iterator()) {
            while (rows.hasNext()) {
                writer.row(rows.next());
                count++;
            }
        }
        writer.end();
        return count;
    }
}
