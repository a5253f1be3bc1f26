package io.outcry.stores;

import io.outcry.persistence.PersistenceSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks the database itself whether the ledger balances. */
final class LedgerSums {
    private static final String WRONG =
            """
            SELECT (SELECT count(*) FROM (
                        SELECT sequence FROM ledger GROUP BY sequence, currency
                        HAVING sum(cash) <> 0) events)
                + (SELECT count(*) FROM (
                        SELECT sequence FROM ledger GROUP BY sequence, symbol
                        HAVING sum(quantity) <> 0) events)
                + (SELECT count(*) FROM (
                        SELECT account_id, currency, sum(cash) AS cash FROM ledger
                        WHERE account_id >= 0 AND currency IS NOT NULL GROUP BY 1, 2) l
                    FULL JOIN cash_balances b USING (account_id, currency)
                    WHERE coalesce(l.cash, 0) <> coalesce(b.cash, 0))
                + (SELECT count(*) FROM (
                        SELECT account_id, symbol, sum(quantity) AS quantity FROM ledger
                        WHERE account_id >= 0 AND symbol IS NOT NULL GROUP BY 1, 2) l
                    FULL JOIN positions p USING (account_id, symbol)
                    WHERE coalesce(l.quantity, 0) <> coalesce(p.quantity, 0))
            """;

    private LedgerSums() {}

    /**
     * How many events do not add up to 0, and how many balances are not what the ledger's sums are.
     */
    static long wrong(PersistenceSettings database) {
        try (Connection connection =
                        DriverManager.getConnection(
                                database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WRONG)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("adding the ledger up failed", e);
        }
    }
}
