package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Checks of a projected database. */
final class ProjectionAssert {
    private ProjectionAssert() {}

    /** Every table has exactly the rows that the plain replay gives. */
    static void assertSameRows(TestDatabase database, SlowProjection expected) {
        for (String table : ProjectedTables.names()) {
            List<String> rows =
                    database.rows(ProjectedTables.select(table, 0)).stream()
                            .map(row -> row + "|")
                            .sorted()
                            .toList();
            assertThat(rows).as(table).containsExactlyElementsOf(expected.rows(table));
        }
    }

    /** Nothing came from nowhere: every event's entries balance, and they sum to the balances. */
    static void assertConserved(TestDatabase database) {
        assertNone(
                database,
                "SELECT sequence, currency FROM ledger GROUP BY 1, 2 HAVING sum(cash) <> 0");
        assertNone(
                database,
                "SELECT sequence, symbol FROM ledger GROUP BY 1, 2 HAVING sum(quantity) <> 0");
        assertNone(
                database,
                """
                SELECT * FROM (
                    SELECT account_id, currency, sum(cash) AS amount,
                           (array_agg(cash_balance ORDER BY sequence DESC, kind DESC))[1] AS last
                    FROM ledger WHERE account_id >= 0 AND currency IS NOT NULL GROUP BY 1, 2) l
                FULL JOIN cash_balances b USING (account_id, currency)
                WHERE coalesce(amount, 0) <> coalesce(b.cash, 0) OR last <> b.cash
                """);
        assertNone(
                database,
                """
                SELECT * FROM (
                    SELECT account_id, symbol, sum(quantity) AS amount,
                           (array_agg(quantity_balance ORDER BY sequence DESC, kind DESC))[1] AS last
                    FROM ledger WHERE account_id >= 0 AND symbol IS NOT NULL GROUP BY 1, 2) l
                FULL JOIN positions p USING (account_id, symbol)
                WHERE coalesce(amount, 0) <> coalesce(p.quantity, 0) OR last <> p.quantity
                """);
    }

    private static void assertNone(TestDatabase database, String wrong) {
        assertThat(database.rows(wrong)).as(wrong).isEmpty();
    }
}
