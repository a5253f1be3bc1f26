package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks of a projected database. */
final class ProjectionAssert {
    private ProjectionAssert() {}

    /** Every table has exactly the rows that the slow projection gives. */
    static void assertSameRows(TestDatabase database, SlowProjection expected) {
        SlowProjection.QUERIES.forEach(
                (table, query) ->
                        assertThat(database.rows(query))
                                .as(table)
                                .containsExactlyElementsOf(expected.rows(table)));
    }

    /**
     * Nothing came from nowhere: balances are what was put in, and what the ledger's entries sum
     * to.
     */
    static void assertConserved(TestDatabase database) {
        assertThat(
                        database.rows(
                                "SELECT currency, sum(cash) FROM cash_balances GROUP BY 1 ORDER BY 1"))
                .containsExactlyElementsOf(
                        database.rows(
                                "SELECT currency, sum(amount) FROM cash_adjustments"
                                        + " GROUP BY 1 ORDER BY 1"));
        assertThat(
                        database.rows(
                                "SELECT symbol, sum(quantity) FROM positions GROUP BY 1"
                                        + " HAVING sum(quantity) <> 0 ORDER BY 1"))
                .containsExactlyElementsOf(
                        database.rows(
                                "SELECT symbol, sum(quantity) FROM position_adjustments GROUP BY 1"
                                        + " HAVING sum(quantity) <> 0 ORDER BY 1"));
        assertThat(database.rows("SELECT * FROM (" + CASH_FROM_LEDGER + ") l" + CASH_DIFFERS))
                .isEmpty();
        assertThat(
                        database.rows(
                                "SELECT * FROM ("
                                        + POSITIONS_FROM_LEDGER
                                        + ") l"
                                        + POSITION_DIFFERS))
                .isEmpty();
    }

    private static final String CASH_FROM_LEDGER =
            """
            SELECT account_id, currency, sum(amount) AS amount FROM (
                SELECT account_id, currency, amount FROM cash_adjustments
                UNION ALL
                SELECT account_id, currency,
                       CASE side WHEN 1 THEN -notional - fee ELSE notional - fee END FROM fills
                UNION ALL
                SELECT 0, currency, fee FROM fills) entries
            GROUP BY account_id, currency
            """;
    private static final String CASH_DIFFERS =
            " FULL JOIN cash_balances b USING (account_id, currency)"
                    + " WHERE coalesce(l.amount, 0) <> coalesce(b.cash, 0)";
    private static final String POSITIONS_FROM_LEDGER =
            """
            SELECT account_id, symbol, sum(quantity) AS quantity FROM (
                SELECT account_id, symbol, quantity FROM position_adjustments
                UNION ALL
                SELECT account_id, symbol, CASE side WHEN 1 THEN quantity ELSE -quantity END
                FROM fills) entries
            GROUP BY account_id, symbol
            """;
    private static final String POSITION_DIFFERS =
            " FULL JOIN positions b USING (account_id, symbol)"
                    + " WHERE coalesce(l.quantity, 0) <> coalesce(b.quantity, 0)";
}
