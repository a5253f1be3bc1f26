package io.outcry.persistence;

import static io.outcry.persistence.Columns.longs;
import static io.outcry.persistence.Columns.texts;

import io.outcry.domain.event.Event;
import io.outcry.domain.portfolio.CostBasis;
import io.outcry.persistence.BatchFold.CashKey;
import io.outcry.persistence.BatchFold.PositionKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes what a batch makes of balances and positions, each touched one once. Rows that exist are
 * updated, which costs half of what finding out on conflict does. For one thread.
 */
final class BalanceWriter {
    private static final String ADD_CASH =
            """
            UPDATE cash_balances b SET cash = b.cash + u.change
            FROM unnest(?, ?, ?) AS u (account_id, currency, change)
            WHERE b.account_id = u.account_id AND b.currency = u.currency
            """;
    private static final String ADD_CASH_OR_ROW =
            """
            INSERT INTO cash_balances AS b (account_id, currency, cash, credit_limit)
            SELECT account_id, currency, change, 0
            FROM unnest(?, ?, ?) AS u (account_id, currency, change)
            ON CONFLICT (account_id, currency) DO UPDATE SET cash = b.cash + excluded.cash
            """;
    private static final String SET_CREDIT =
            """
            INSERT INTO cash_balances (account_id, currency, cash, credit_limit)
            SELECT account_id, currency, 0, credit_limit
            FROM unnest(?, ?, ?) AS u (account_id, currency, credit_limit)
            ON CONFLICT (account_id, currency) DO UPDATE SET credit_limit = excluded.credit_limit
            """;
    private static final String ADD_POSITIONS =
            """
            INSERT INTO positions (account_id, symbol, quantity, cost, realized_pnl)
            SELECT * FROM unnest(?, ?, ?, ?, ?)
            """;
    private static final String SET_POSITIONS =
            """
            UPDATE positions p SET
                quantity = u.quantity, cost = u.cost, realized_pnl = u.realized_pnl
            FROM unnest(?, ?, ?, ?, ?) AS u (account_id, symbol, quantity, cost, realized_pnl)
            WHERE p.account_id = u.account_id AND p.symbol = u.symbol
            """;
    private static final String ADD_CASH_ADJUSTMENTS =
            """
            INSERT INTO cash_adjustments
                (account_id, sequence, currency, amount, reference, time_nanos)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?)
            """;
    private static final String ADD_POSITION_ADJUSTMENTS =
            """
            INSERT INTO position_adjustments
                (account_id, sequence, symbol, quantity, reference, time_nanos)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?)
            """;

    private final WriterStatements statements;

    BalanceWriter(WriterStatements statements) {
        this.statements = statements;
    }

    /**
     * @param balances that are known to have a row
     * @param positions that have a row; all others of the batch have none
     */
    void write(BatchFold fold, Set<CashKey> balances, Set<PositionKey> positions) {
        writeCash(fold, balances);
        writePositions(fold, positions);
        writeAdjustments(fold);
    }

    private void writeCash(BatchFold fold, Set<CashKey> known) {
        Map<CashKey, Long> changed = new HashMap<>(fold.cash());
        changed.keySet().retainAll(known);
        changeCash(ADD_CASH, changed);
        Map<CashKey, Long> perhapsNew = new HashMap<>(fold.cash());
        perhapsNew.keySet().removeAll(known);
        changeCash(ADD_CASH_OR_ROW, perhapsNew);
        changeCash(SET_CREDIT, fold.creditLimits());
    }

    private void changeCash(String sql, Map<CashKey, Long> amounts) {
        statements.change(
                sql,
                amounts.size(),
                longs(amounts.keySet(), key -> key.accountId().value()),
                texts(amounts.keySet(), key -> key.currency().code()),
                longs(amounts.values(), amount -> amount));
    }

    private void writePositions(BatchFold fold, Set<PositionKey> stored) {
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
                longs(positions.values(), CostBasis::cost),
                longs(positions.values(), CostBasis::realizedPnl));
    }

    private void writeAdjustments(BatchFold fold) {
        Collection<Event.CashAdjusted> cash = fold.cashAdjustments();
        statements.change(
                ADD_CASH_ADJUSTMENTS,
                cash.size(),
                longs(cash, e -> e.accountId().value()),
                longs(cash, Event::sequence),
                texts(cash, e -> e.currency().code()),
                longs(cash, e -> e.amount()),
                texts(cash, e -> e.reference()),
                longs(cash, Event::timeNanos));
        Collection<Event.PositionAdjusted> positions = fold.positionAdjustments();
        statements.change(
                ADD_POSITION_ADJUSTMENTS,
                positions.size(),
                longs(positions, e -> e.accountId().value()),
                longs(positions, Event::sequence),
                texts(positions, e -> e.symbol().value()),
                longs(positions, e -> e.quantity()),
                texts(positions, e -> e.reference()),
                longs(positions, Event::timeNanos));
    }
}
