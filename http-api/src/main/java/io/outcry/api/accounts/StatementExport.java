package io.outcry.api.accounts;

import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.QueryParameters;
import io.outcry.api.json.EnumText;
import io.outcry.api.json.Times;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.StatementStore;
import io.outcry.domain.store.StatementStore.Format;
import io.outcry.domain.store.StatementStore.Period;
import io.outcry.domain.store.StatementStore.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Sends what happened in an account in a period while it is read. A slow reader keeps a connection
 * to the database, so few may read at once, and each account one: or else one could keep all others
 * out. Safe for use by many threads.
 */
final class StatementExport {
    private static final int AT_ONCE = 2;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final EnumText<Subject> SUBJECTS = new EnumText<>(Subject.class);
    private static final EnumText<Format> FORMATS = new EnumText<>(Format.class);
    private static final String TIME = "must be a time like 2026-01-31T00:00:00Z";

    private final StatementStore statements;
    private final ReadAfterWrite reads;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Set<AccountId> reading = ConcurrentHashMap.newKeySet();

    StatementExport(StatementStore statements, ReadAfterWrite reads) {
        this.statements = statements;
        this.reads = reads;
    }

    void export(Exchange exchange) throws IOException, InterruptedException {
        QueryParameters query = exchange.query(Set.of("kind", "format", "from", "to"));
        Subject subject = query.read("kind", text -> known(SUBJECTS, text), SUBJECTS.expected());
        Format format = query.read("format", text -> known(FORMATS, text), FORMATS.expected());
        Long from = query.read("from", Times::parse, TIME);
        Long to = query.read("to", Times::parse, TIME);
        query.throwIfInvalid();
        if (subject == null) {
            throw invalid("kind", SUBJECTS.expected());
        }
        Period period = period(from, to);
        AccountId accountId = exchange.caller().accountId();
        if (!reading.add(accountId)) {
            throw busy(ErrorCode.RATE_LIMITED, "the account reads a statement already");
        }
        try {
            reads.settle(exchange);
            sendIfRoom(exchange, subject, period, format == null ? Format.JSON : format);
        } finally {
            reading.remove(accountId);
        }
    }

    private void sendIfRoom(Exchange exchange, Subject subject, Period period, Format format)
            throws IOException {
        if (!room.tryAcquire()) {
            throw busy(ErrorCode.OVERLOADED, "others read statements right now");
        }
        try {
            send(exchange, subject, period, format);
        } finally {
            room.release();
        }
    }

    private static RuntimeException busy(ErrorCode code, String reason) {
        return Problem.of(code, reason).withRetryAfter(RETRY_AFTER).toException();
    }

    private void send(Exchange exchange, Subject subject, Period period, Format format)
            throws IOException {
        String contentType =
                switch (format) {
                    case CSV -> "text/csv; charset=utf-8; header=present";
                    case JSON -> "application/json";
                };
        AccountId accountId = exchange.caller().accountId();
        exchange.addContentHeaders(
                Map.of(
                        "Content-Disposition",
                        "attachment; filename=\"" + file(subject, format) + '"'));
        exchange.stream(
                contentType, out -> statements.write(accountId, subject, period, format, out));
    }

    private static String file(Subject subject, Format format) {
        return "outcry-%s.%s".formatted(subject, format).toLowerCase(Locale.ROOT);
    }

    private static Period period(@Nullable Long from, @Nullable Long to) {
        long begin = from == null ? Period.ALWAYS.fromNanos() : from;
        long end = to == null ? Period.ALWAYS.toNanos() : to;
        if (end < begin) {
            throw invalid("to", "must not be before from");
        }
        return new Period(begin, end);
    }

    private static <E extends Enum<E>> E known(EnumText<E> constants, String text) {
        E constant = constants.find(text);
        if (constant == null) {
            throw new IllegalArgumentException(constants.expected());
        }
        return constant;
    }

    private static RuntimeException invalid(String field, String reason) {
        return Problem.ofField(ErrorCode.INVALID_FIELD, field, reason).toException();
    }
}
