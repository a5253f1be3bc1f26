package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.account.LedgerEntry.CashChange;
import io.outcry.domain.account.LedgerEntry.PositionChange;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.store.LedgerStore;
import io.outcry.domain.store.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Every query names the account itself. Safe for use by many threads. */
final class PostgresLedgerStore implements LedgerStore {
    static final String COLUMNS =
            "account_id, sequence, time_nanos, kind, trade_id, reference, currency, cash,"
                    + " cash_balance, symbol, quantity, quantity_balance";
    private static final String ENTRIES =
            "SELECT "
                    + COLUMNS
                    + " FROM ledger WHERE account_id = :account"
                    + " AND (sequence, kind) < (:sequence, :kind)"
                    + " ORDER BY sequence DESC, kind DESC LIMIT :limit";

    private final Database database;

    PostgresLedgerStore(Database database) {
        this.database = database;
    }

    @Override
    public List<LedgerEntry> entries(AccountId accountId, Page page) {
        return database.query(
                "listing the ledger",
                handle ->
                        handle.createQuery(ENTRIES)
                                .bind("account", accountId.value())
                                .bind("sequence", LedgerEntry.sequenceOf(page.beforeId()))
                                .bind("kind", (short) LedgerEntry.placeOf(page.beforeId()))
                                .bind("limit", page.limit())
                                .map((row, context) -> read(row))
                                .list());
    }

    /** From a row of {@link #COLUMNS}. */
    static LedgerEntry read(ResultSet row) throws SQLException {
        String currency = row.getString(7);
        String symbol = row.getString(10);
        return new LedgerEntry(
                new AccountId(row.getLong(1)),
                row.getLong(2),
                row.getLong(3),
                Codes.LEDGER_KIND.of(row.getShort(4)),
                currency == null
                        ? null
                        : new CashChange(new Currency(currency), row.getLong(8), row.getLong(9)),
                symbol == null
                        ? null
                        : new PositionChange(new Symbol(symbol), row.getLong(11), row.getLong(12)),
                row.getLong(5),
                row.getString(6));
    }
}
