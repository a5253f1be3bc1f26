package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.StatementStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * Writes statements row by row, as a cursor brings them. Safe for use by many threads; each call
 * keeps one of the pool's connections until it is done.
 */
final class PostgresStatementStore implements StatementStore {
    private static final int FETCH_SIZE = 1_000;

    private final Database database;

    PostgresStatementStore(Database database) {
        this.database = database;
    }

    @Override
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
        TimeMarks.Range keys = TimeMarks.find(handle, table.key(), period);
        TimeMarks.Range events = TimeMarks.find(handle, TimeMarks.Key.SEQUENCE, period);
        writer.begin(table.columns());
        long count = 0;
        try (ResultIterator<@Nullable String[]> rows =
                handle.createQuery(table.sql())
                        .bind("account", accountId.value())
                        .bind("first", keys.first())
                        .bind("end", keys.end())
                        .bind("firstEvent", events.first())
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
