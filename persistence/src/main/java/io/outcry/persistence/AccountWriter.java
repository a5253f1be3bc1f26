package io.outcry.persistence;

import static io.outcry.persistence.Columns.flags;
import static io.outcry.persistence.Columns.longs;

import io.outcry.domain.account.AccountChange;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** Writes what a batch makes of accounts, balances apart. For one thread. */
final class AccountWriter {
    private static final String ADD_ACCOUNTS =
            """
            INSERT INTO accounts (account_id, suspended, short_limit, opened_at_nanos)
            SELECT account_id, false, 0, time FROM unnest(?, ?) AS u (account_id, time)
            """;
    private static final String SET_SHORT_LIMITS =
            """
            UPDATE accounts a SET short_limit = u.short_limit
            FROM unnest(?, ?) AS u (account_id, short_limit) WHERE a.account_id = u.account_id
            """;
    private static final String SET_SUSPENDED =
            """
            UPDATE accounts a SET suspended = u.suspended
            FROM unnest(?, ?) AS u (account_id, suspended) WHERE a.account_id = u.account_id
            """;
    private static final String ADD_CHANGE =
            """
            INSERT INTO account_history
                (account_id, sequence, time_nanos, change, short_limit, currency, credit_limit)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    private final WriterStatements statements;

    AccountWriter(WriterStatements statements) {
        this.statements = statements;
    }

    void write(AccountFold fold) throws SQLException {
        var opened = fold.opened().values();
        statements.change(
                ADD_ACCOUNTS,
                opened.size(),
                longs(opened, e -> e.accountId().value()),
                longs(opened, Event::timeNanos));
        var limits = fold.shortLimits();
        statements.change(
                SET_SHORT_LIMITS,
                limits.size(),
                longs(limits.keySet(), id -> id.value()),
                longs(limits.values(), limit -> limit));
        var suspensions = fold.suspensions();
        statements.change(
                SET_SUSPENDED,
                suspensions.size(),
                longs(suspensions.keySet(), id -> id.value()),
                flags(suspensions.values(), suspended -> suspended));
        for (AccountChange change : fold.changes()) {
            add(change);
        }
    }

    private void add(AccountChange change) throws SQLException {
        PreparedStatement insert = statements.prepare(ADD_CHANGE);
        Currency currency = change.currency();
        insert.setLong(1, change.accountId().value());
        insert.setLong(2, change.sequence());
        insert.setLong(3, change.timeNanos());
        insert.setShort(4, Codes.ACCOUNT_CHANGE.of(change.kind()));
        insert.setObject(5, change.shortLimit(), Types.BIGINT);
        insert.setString(6, currency == null ? null : currency.code());
        insert.setObject(7, change.creditLimit(), Types.BIGINT);
        insert.executeUpdate();
    }
}
