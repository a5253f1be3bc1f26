package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.StatementStore.Period;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The keys of those of an account's rows that are of a period. Keys and times of a source ascend
 * together, so the bounds are found by a few looks at the index of the keys, whatever the account
 * did before and since: a guess and a halving in turn, so never more than twice as many as halving
 * takes alone. Where the key is the sequence that history is partitioned by, each look is at one
 * partition.
 *
 * @param end not in the range itself
 */
record KeyRange(long first, long end) {
    private static final long NO_END = Long.MAX_VALUE;

    /**
     * Rows of which each has a key, and a time that is not before that of a smaller key.
     *
     * @param table indexed by account_id and then the key
     * @param partitioned whether the key is the sequence that the table is partitioned by
     */
    record Source(String table, String key, String time, boolean partitioned) {
        private String next(String order) {
            return String.format(
                    "SELECT %2$s, %3$s FROM %1$s WHERE account_id = :account"
                            + " AND %2$s >= :from AND %2$s < :end ORDER BY %2$s %4$s LIMIT 1",
                    table, key, time, order);
        }
    }

    private record Row(long key, long timeNanos) {}

    static KeyRange of(Handle handle, Source source, AccountId account, Period period) {
        Search search = new Search(handle, source, account);
        return new KeyRange(search.firstAt(period.fromNanos()), search.firstAt(period.toNanos()));
    }

    private record Search(Handle handle, Source source, AccountId account) {

        /** A key that all rows from that time on have reached, and none before it. */
        long firstAt(long timeNanos) {
            KeyRange segment = source.partitioned() ? segment(timeNanos) : new KeyRange(0, NO_END);
            Optional<Row> oldest = oldest(segment.first(), NO_END);
            if (oldest.isEmpty() || oldest.get().timeNanos() >= timeNanos) {
                return segment.first();
            }
            Optional<Row> behind = oldest(segment.end(), NO_END);
            if (behind.isPresent() && behind.get().timeNanos() >= timeNanos) {
                return between(oldest.get(), behind.get(), timeNanos);
            }
            Row newest = newest(segment.first());
            return newest.timeNanos() < timeNanos
                    ? newest.key() + 1
                    : between(behind.orElse(oldest.get()), newest, timeNanos);
        }

        private long between(Row from, Row to, long timeNanos) {
            Row before = from;
            Row at = to;
            for (boolean halve = false; at.key() - before.key() > 1; halve = !halve) {
                long key = halve ? middle(before, at) : guess(before, at, timeNanos);
                Optional<Row> row = oldest(key, at.key());
                if (row.isPresent() && row.get().timeNanos() < timeNanos) {
                    before = row.get();
                } else {
                    at = new Row(key, row.orElse(at).timeNanos());
                }
            }
            return at.key();
        }

        /** The range of sequences that no row of that time, or of a later one, is before. */
        private KeyRange segment(long timeNanos) {
            return handle.createQuery(
                            "SELECT first_sequence, end_sequence FROM history_segments"
                                    + " WHERE begun_at_nanos < :time"
                                    + " ORDER BY first_sequence DESC LIMIT 1")
                    .bind("time", timeNanos)
                    .map((row, context) -> new KeyRange(row.getLong(1), row.getLong(2)))
                    .findOne()
                    .orElse(new KeyRange(0, NO_END));
        }

        private Optional<Row> oldest(long from, long end) {
            return from == NO_END ? Optional.empty() : find(source.next("ASC"), from, end);
        }

        private Row newest(long from) {
            return find(source.next("DESC"), from, NO_END).orElseThrow();
        }

        private Optional<Row> find(String sql, long from, long end) {
            return handle.createQuery(sql)
                    .bind("account", account.value())
                    .bind("from", from)
                    .bind("end", end)
                    .map((row, context) -> new Row(row.getLong(1), row.getLong(2)))
                    .findOne();
        }
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
}
