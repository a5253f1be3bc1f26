package io.outcry.persistence;

import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.CashBalance;
import io.outcry.domain.account.PositionBalance;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.Side;
import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.CostedPosition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What open orders hold is derived from them: of a buy the notional of its remainder and the
 * highest fee on it, of a sell its remainder. Safe for use by many threads.
 */
final class PostgresAccountStore implements AccountStore {
    /** One statement, so that balances and open orders are of the same moment. */
    private static final String ACCOUNT =
            """
            WITH active AS (
                SELECT * FROM open_orders
                WHERE account_id = :account AND status <> :pending
            ), notionals AS (
                SELECT i.currency, greatest(i.maker_fee_ppm, i.taker_fee_ppm, 0) AS fee_ppm,
                       o.price::numeric * (o.quantity - o.filled_quantity)
                           * power(10::numeric,
                                   i.cash_scale - i.price_scale - i.quantity_scale) AS notional
                FROM active o JOIN instruments i USING (symbol)
                WHERE o.side = :buy
            ), cash_holds AS (
                SELECT currency, sum(notional + ceil(notional * fee_ppm / 1000000)) AS held
                FROM notionals GROUP BY currency
            ), position_holds AS (
                SELECT symbol, sum(quantity - filled_quantity) AS held
                FROM active WHERE side = :sell GROUP BY symbol
            )
            SELECT 'account' AS kind, '' AS name, short_limit AS amount,
                   suspended::integer::bigint AS held, 0::bigint AS credit_limit
            FROM accounts WHERE account_id = :account
            UNION ALL
            SELECT 'cash', currency, cash, coalesce(held, 0)::bigint, credit_limit
            FROM cash_balances LEFT JOIN cash_holds USING (currency)
            WHERE account_id = :account
            UNION ALL
            SELECT 'position', symbol, coalesce(quantity, 0), coalesce(held, 0)::bigint, 0
            FROM (SELECT * FROM positions WHERE account_id = :account) p
                FULL JOIN position_holds USING (symbol)
            ORDER BY kind, name
            """;

    private static final String POSITIONS =
            "SELECT symbol, currency, quantity, cost, realized_pnl, last_price"
                    + " FROM positions JOIN instruments USING (symbol)"
                    + " WHERE account_id = :account"
                    + " AND (quantity <> 0 OR realized_pnl <> 0) ORDER BY symbol";

    private final Database database;

    PostgresAccountStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Account> find(AccountId accountId) {
        return database.query("finding an account", handle -> find(handle, accountId));
    }

    static Optional<Account> find(Handle handle, AccountId accountId) {
        return handle.createQuery(ACCOUNT)
                .bind("account", accountId.value())
                .bind("pending", Codes.ORDER_STATUS.of(OrderStatus.PENDING_TRIGGER))
                .bind("buy", Codes.SIDE.of(Side.BUY))
                .bind("sell", Codes.SIDE.of(Side.SELL))
                .scanResultSet((rows, context) -> readAccount(accountId, rows.get()));
    }

    private static Optional<Account> readAccount(AccountId id, ResultSet row) throws SQLException {
        List<CashBalance> cash = new ArrayList<>();
        List<PositionBalance> positions = new ArrayList<>();
        boolean found = false;
        boolean suspended = false;
        long shortLimit = 0;
        while (row.next()) {
            String name = row.getString("name");
            long amount = row.getLong("amount");
            long held = row.getLong("held");
            switch (row.getString("kind")) {
                case "account" -> {
                    found = true;
                    suspended = held == 1;
                    shortLimit = amount;
                }
                case "cash" ->
                        cash.add(
                                new CashBalance(
                                        new Currency(name),
                                        amount,
                                        held,
                                        row.getLong("credit_limit")));
                default -> {
                    if (amount != 0 || held != 0) {
                        positions.add(new PositionBalance(new Symbol(name), amount, held));
                    }
                }
            }
        }
        return found
                ? Optional.of(new Account(id, suspended, shortLimit, cash, positions))
                : Optional.empty();
    }

    @Override
    public List<CostedPosition> positions(AccountId accountId) {
        return database.query("listing positions", handle -> positions(handle, accountId));
    }

    private static List<CostedPosition> positions(Handle handle, AccountId accountId) {
        return handle.createQuery(POSITIONS)
                .bind("account", accountId.value())
                .map((row, context) -> readPosition(row))
                .list();
    }

    @Override
    public Holdings holdings(AccountId accountId) {
        return database.snapshot(
                "reading an account's holdings",
                handle -> new Holdings(find(handle, accountId), positions(handle, accountId)));
    }

    private static CostedPosition readPosition(ResultSet row) throws SQLException {
        return new CostedPosition(
                new Symbol(row.getString(1)),
                new Currency(row.getString(2)),
                row.getLong(3),
                Columns.integer(row, 4),
                Columns.integer(row, 5),
                row.getLong(6));
    }
}
