package io.outcry.persistence;

import static io.outcry.persistence.Columns.longs;

import io.outcry.domain.event.Event;
import io.outcry.domain.store.StatementStore.Period;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Tells where in the keys of history a time lies. Of every thousandth event the time is kept with
 * its sequence, and of every thousandth order with its id: neither ever goes back while time goes
 * on, so what is of a period lies between the last mark before it and the first one after. Fewer
 * marks make that wider, never wrong. For one thread.
 */
final class TimeMarks {
    private static final long EVERY = 1_000;

    private static final String DROP_FROM = "DELETE FROM time_marks WHERE time_nanos >= ?";
    private static final String ADD =
            "INSERT INTO time_marks (time_nanos, key, key_kind) SELECT * FROM unnest(?, ?, ?)";
    private static final String FIND =
            """
            SELECT
                coalesce((SELECT key + 1 FROM time_marks
                    WHERE key_kind = :kind AND time_nanos < :from
                    ORDER BY time_nanos DESC, key DESC LIMIT 1), 0),
                coalesce((SELECT key FROM time_marks
                    WHERE key_kind = :kind AND time_nanos >= :to
                    ORDER BY time_nanos, key LIMIT 1), 9223372036854775807)
            """;

    /** What ascends with time. */
    enum Key {
        SEQUENCE(1),
        ORDER_ID(2);

        private final short code;

        Key(int code) {
            this.code = (short) code;
        }
    }

    /**
     * Keys that hold all of a period, and few others.
     *
     * @param end not in the range itself
     */
    record Range(long first, long end) {}

    private record Mark(long timeNanos, long key, Key of) {}

    private final WriterStatements statements;
    private boolean begun;

    TimeMarks(WriterStatements statements) {
        this.statements = statements;
    }

    /** Gathers what is to be written of those events. */
    void write(List<Event> events) throws SQLException {
        dropOthers(events);
        List<Mark> marks = new ArrayList<>();
        for (Event event : events) {
            if (event.sequence() % EVERY == 0) {
                marks.add(new Mark(event.timeNanos(), event.sequence(), Key.SEQUENCE));
            }
            if (event instanceof Event.OrderAccepted e && e.orderId().value() % EVERY == 0) {
                marks.add(new Mark(e.timeNanos(), e.orderId().value(), Key.ORDER_ID));
            }
        }
        short[] kinds = new short[marks.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = marks.get(i).of().code;
        }
        statements.change(
                ADD, marks.size(), longs(marks, Mark::timeNanos), longs(marks, Mark::key), kinds);
    }

    /**
     * Before the first events: lets go of what there is of their time or later. A replica of a
     * version without marks may have emptied the projection, and left the marks of what comes
     * again.
     */
    private void dropOthers(List<Event> events) throws SQLException {
        if (!begun && !events.isEmpty()) {
            PreparedStatement drop = statements.prepare(DROP_FROM);
            drop.setLong(1, events.get(0).timeNanos());
            drop.executeUpdate();
            begun = true;
        }
    }

    static Range find(Handle handle, Key of, Period period) {
        return handle.createQuery(FIND)
                .bind("kind", of.code)
                .bind("from", period.fromNanos())
                .bind("to", period.toNanos())
                .map((row, context) -> new Range(row.getLong(1), row.getLong(2)))
                .one();
    }
}
