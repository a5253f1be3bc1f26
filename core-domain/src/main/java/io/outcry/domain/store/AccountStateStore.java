package io.outcry.domain.store;

import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.order.Order;
import java.util.List;
import java.util.Optional;

/**
 * All that changes of an account, as of one sequence. Safe for use by many threads. Methods throw
 * {@link StoreUnavailableException} when the store does not answer.
 */
public interface AccountStateStore {

    /**
     * How an account stands.
     *
     * @param sequence of the last event that is in it
     * @param account empty: not opened yet
     * @param openOrders newest first, at most as many as were asked for
     */
    record AccountState(long sequence, Optional<Account> account, List<Order> openOrders) {
        public AccountState {
            openOrders = List.copyOf(openOrders);
        }
    }

    AccountState find(AccountId accountId, int mostOrders);
}
