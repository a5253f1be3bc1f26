package io.outcry.persistence;

import static io.outcry.persistence.Columns.flags;
import static io.outcry.persistence.Columns.longs;
import static io.outcry.persistence.Columns.texts;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Instrument;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes what a batch came to, a statement for each table that it changes. Commits nothing. For one
 * thread.
 */
final class BatchWriter {
    private static final String SET_LAST_PRICES =
            """
            UPDATE instruments i SET last_price = u.price
            FROM unnest(?, ?) AS u (symbol, price) WHERE i.symbol = u.symbol
            """;
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

    private final WriterStatements statements;
    private final TradingWriter trading;
    private final BalanceWriter balances;

    BatchWriter(Connection connection, WriterStatements statements) throws SQLException {
        this.statements = statements;
        this.trading = new TradingWriter(connection, statements);
        this.balances = new BalanceWriter(statements);
    }

    void write(BatchFold fold, StoredState stored, WriterMemory memory) throws SQLException {
        writeInstruments(memory.instruments());
        writeAccounts(fold);
        trading.write(fold, stored.orders().keySet());
        balances.write(fold, memory.balances(), stored.positions().keySet());
        statements.flush();
    }

    private void writeInstruments(InstrumentTable instruments) throws SQLException {
        for (Instrument instrument : instruments.changedTerms()) {
            PreparedStatement upsert = statements.prepare(InstrumentRows.UPSERT);
            InstrumentRows.bindUpsert(upsert, instrument);
            upsert.executeUpdate();
        }
        var prices = instruments.changedPrices();
        statements.change(
                SET_LAST_PRICES,
                prices.size(),
                texts(prices.keySet(), symbol -> symbol.value()),
                longs(prices.values(), price -> price));
    }

    private void writeAccounts(BatchFold fold) {
        var opened = fold.openedAccounts().values();
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
    }
}
