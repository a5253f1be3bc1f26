package io.outcry.persistence;

import io.outcry.domain.event.Event;
import io.outcry.domain.market.Candle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes what a batch came to, a statement for each table that it changes. Commits nothing. For one
 * thread.
 */
final class BatchWriter {
    private final WriterStatements statements;
    private final InstrumentWriter instruments;
    private final AccountWriter accounts;
    private final TradingWriter trading;
    private final CandleWriter candles;
    private final LedgerWriter ledger;
    private final TimeMarks marks;

    BatchWriter(
            Connection connection, WriterStatements statements, Collection<Candle> newestCandles)
            throws SQLException {
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        this.statements = statements;
        this.instruments = new InstrumentWriter(statements);
        this.accounts = new AccountWriter(statements);
        this.trading = new TradingWriter(statements, copy);
        this.candles = new CandleWriter(statements, newestCandles);
        this.ledger = new LedgerWriter(statements, copy);
        this.marks = new TimeMarks(statements);
    }

    void write(List<Event> events, BatchFold fold, StoredState stored, WriterMemory memory)
            throws SQLException {
        instruments.write(memory.instruments(), fold.instrumentChanges());
        accounts.write(fold.accounts());
        trading.write(fold, stored.orders().keySet());
        candles.write(memory.candles());
        ledger.write(fold.ledger(), stored);
        marks.write(events);
        statements.flush();
    }
}
