package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.StatementStore.Period;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The keys of those of an account's rows that are of a period. Keys and times of a source ascend
 * together, so the bounds are found by a few looks at the index of the keys, whatever the account
 * did before and since: a guess and a halving in turn, so never more than twice as many as halving
 * takes alone.
 *
 * @param end not in the range itself
 */
record KeyRange(long first, long end) {

    /**
     * Rows of which each has a key, and a time that is not before that of a smaller key.
     *
     * @param table indexed by account_id and then the key
     */
    record Source(String table, String key, String time) {
        private String next(String order) {
            return String.format(
                    "SELECT %2$s, %3$s FROM %1$s WHERE account_id = :account AND %2$s >= :from"
                            + " ORDER BY %2$s %4$s LIMIT 1",
                    table, key, time, order);
        }
    }

    private record Row(long key, long timeNanos) {}

    static KeyRange of(Handle handle, Source source, AccountId account, Period period) {
        long first = firstAt(handle, source, account, period.fromNanos());
        return new KeyRange(first, firstAt(handle, source, account, period.toNanos()));
    }

    /** A key that all rows from that time on have reached, and none before it. */
    private static long firstAt(Handle handle, Source source, AccountId account, long timeNanos) {
        Optional<Row> oldest = find(handle, source.next("ASC"), account, 0);
        if (oldest.isEmpty() || oldest.get().timeNanos() >= timeNanos) {
            return 0;
        }
        Row before = oldest.get();
        Row at = find(handle, source.next("DESC"), account, 0).orElseThrow();
        if (at.timeNanos() < timeNanos) {
            return at.key() + 1;
        }
        for (boolean halve = false; at.key() - before.key() > 1; halve = !halve) {
            long key = halve ? middle(before, at) : guess(before, at, timeNanos);
            Row row = find(handle, source.next("ASC"), account, key).orElseThrow();
            if (row.timeNanos() < timeNanos) {
                before = row;
            } else {
                at = new Row(key, row.timeNanos());
            }
        }
        return at.key();
    }

    private static long middle(Row before, Row at) {
        return before.key() + (at.key() - before.key()) / 2;
    }

    /** Where the time would be, had as much happened at all times. */
    private static long guess(Row before, Row at, long timeNanos) {
        double part =
                (double) (timeNanos - before.timeNanos()) / (at.timeNanos() - before.timeNanos());
        long keys = at.key() - before.key();
        return before.key() + Math.min(keys - 1, Math.max(1, (long) (keys * part)));
    }

    private static Optional<Row> find(Handle handle, String sql, AccountId account, long from) {
        return handle.createQuery(sql)
                .bind("account", account.value())
                .bind("from", from)
                .map((row, context) -> new Row(row.getLong(1), row.getLong(2)))
                .findOne();
    }
}
