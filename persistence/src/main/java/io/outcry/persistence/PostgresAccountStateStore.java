package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.order.Order;
import io.outcry.domain.store.AccountStateStore;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads position, balances and open orders in one snapshot. Safe for use by many threads. */
final class PostgresAccountStateStore implements AccountStateStore {
    private static final String OPEN_ORDERS =
            "SELECT "
                    + OrderRows.COLUMNS
                    + " FROM open_orders WHERE account_id = :account"
                    + " ORDER BY order_id DESC LIMIT :limit";

    private final Database database;

    PostgresAccountStateStore(Database database) {
        this.database = database;
    }

    @Override
    public AccountState find(AccountId accountId, int mostOrders) {
        return database.snapshot(
                "reading an account's state",
                handle ->
                        new AccountState(
                                PostgresProjection.position(handle),
                                PostgresAccountStore.find(handle, accountId),
                                openOrders(handle, accountId, mostOrders)));
    }

    private static List<Order> openOrders(Handle handle, AccountId accountId, int most) {
        return handle.createQuery(OPEN_ORDERS)
                .bind("account", accountId.value())
                .bind("limit", most)
                .map((row, context) -> OrderRows.read(row))
                .list();
    }
}
