package io.outcry.persistence;

import static io.outcry.persistence.Columns.longs;
import static io.outcry.persistence.Columns.texts;

import io.outcry.domain.account.LedgerEntry.Kind;
import io.outcry.domain.portfolio.CostBasis;
import io.outcry.persistence.LedgerFold.Cash;
import io.outcry.persistence.LedgerFold.CashKey;
import io.outcry.persistence.LedgerFold.Change;
import io.outcry.persistence.LedgerFold.Line;
import io.outcry.persistence.LedgerFold.PositionKey;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;

/**
 * Writes what a batch makes of balances and positions, each touched one once, and those of the
 * ledger's lines that no trade tells. Rows that exist are updated, which costs half of what finding
 * out on conflict does. For one thread.
 */
final class LedgerWriter {
    private static final String ADD_CASH =
            """
            INSERT INTO cash_balances (account_id, currency, cash, credit_limit)
            SELECT * FROM unnest(?, ?, ?, ?)
            """;
    private static final String SET_CASH =
            """
            UPDATE cash_balances b SET cash = u.cash, credit_limit = u.credit_limit
            FROM unnest(?, ?, ?, ?) AS u (account_id, currency, cash, credit_limit)
            WHERE b.account_id = u.account_id AND b.currency = u.currency
            """;
    private static final String ADD_POSITIONS =
            """
            INSERT INTO positions (account_id, symbol, quantity, cost, realized_pnl)
            SELECT * FROM unnest(?, ?, ?, ?::numeric[], ?::numeric[])
            """;
    private static final String SET_POSITIONS =
            """
            UPDATE positions p SET
                quantity = u.quantity, cost = u.cost, realized_pnl = u.realized_pnl
            FROM unnest(?, ?, ?, ?::numeric[], ?::numeric[])
                AS u (account_id, symbol, quantity, cost, realized_pnl)
            WHERE p.account_id = u.account_id AND p.symbol = u.symbol
            """;
    private static final String COPY_POSTINGS =
            "COPY postings (account_id, sequence, time_nanos, kind, trade_id, reference, currency,"
                    + " cash, cash_balance, symbol, quantity, quantity_balance)"
                    + " FROM STDIN (FORMAT binary)";
    private static final int POSTING_COLUMN_COUNT = 12;

    private final WriterStatements statements;
    private final CopyManager copy;
    private final CopyRows rows = new CopyRows();

    LedgerWriter(WriterStatements statements, CopyManager copy) {
        this.statements = statements;
        this.copy = copy;
    }

    /**
     * @param stored what has a row; all else of the batch has none
     */
    void write(LedgerFold fold, StoredState stored) throws SQLException {
        writeCash(fold, stored.cash().keySet());
        writePositions(fold, stored.positions().keySet());
        fold.lines().stream()
                .filter(line -> line.kind() != Kind.TRADE && line.kind() != Kind.FEE)
                .sorted(Comparator.comparingLong(Line::accountId))
                .forEach(this::add);
        rows.send(copy, COPY_POSTINGS);
    }

    private void add(Line line) {
        rows.row(POSTING_COLUMN_COUNT)
                .int8(line.accountId())
                .int8(line.event().sequence())
                .int8(line.event().timeNanos())
                .int2(Codes.LEDGER_KIND.of(line.kind()))
                .int8OrNothing(line.tradeId() == 0 ? null : line.tradeId())
                .text(line.reference());
        add(line.cash());
        add(line.position());
    }

    private void add(@Nullable Change change) {
        if (change == null) {
            rows.nothing().nothing().nothing();
        } else {
            rows.text(change.asset()).int8(change.amount()).int8OrNothing(change.balance());
        }
    }

    private void writeCash(LedgerFold fold, Set<CashKey> stored) {
        Map<CashKey, Cash> changed = new HashMap<>(fold.cash());
        changed.keySet().retainAll(stored);
        setCash(SET_CASH, changed);
        Map<CashKey, Cash> opened = new HashMap<>(fold.cash());
        opened.keySet().removeAll(stored);
        setCash(ADD_CASH, opened);
    }

    private void setCash(String sql, Map<CashKey, Cash> balances) {
        statements.change(
                sql,
                balances.size(),
                longs(balances.keySet(), key -> key.accountId().value()),
                texts(balances.keySet(), key -> key.currency().code()),
                longs(balances.values(), Cash::cash),
                longs(balances.values(), Cash::creditLimit));
    }

    private void writePositions(LedgerFold fold, Set<PositionKey> stored) {
        Map<PositionKey, CostBasis> changed = new HashMap<>(fold.positions());
        changed.keySet().retainAll(stored);
        setPositions(SET_POSITIONS, changed);
        Map<PositionKey, CostBasis> opened = new HashMap<>(fold.positions());
        opened.keySet().removeAll(stored);
        setPositions(ADD_POSITIONS, opened);
    }

    private void setPositions(String sql, Map<PositionKey, CostBasis> positions) {
        statements.change(
                sql,
                positions.size(),
                longs(positions.keySet(), key -> key.accountId().value()),
                texts(positions.keySet(), key -> key.symbol().value()),
                longs(positions.values(), CostBasis::quantity),
                texts(positions.values(), position -> position.cost().toString()),
                texts(positions.values(), position -> position.realizedPnl().toString()));
    }
}
