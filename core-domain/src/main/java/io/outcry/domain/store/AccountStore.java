package io.outcry.domain.store;

import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import java.util.List;
import java.util.Optional;

/**
 * Balances and positions as projected from the event feed. Safe for use by many threads. Methods
 * throw {@link StoreUnavailableException} when the store does not answer.
 */
public interface AccountStore {

    Optional<Account> find(AccountId accountId);

    /**
     * Positions with their cost basis, by symbol. Positions that are 0 are in it while they have
     * realized profit or loss.
     */
    List<CostedPosition> positions(AccountId accountId);

    /** Both of one moment, so that they may be added up. */
    Holdings holdings(AccountId accountId);

    /**
     * What an account has.
     *
     * @param account empty: not opened yet
     * @param positions as {@link #positions}
     */
    record Holdings(Optional<Account> account, List<CostedPosition> positions) {
        public Holdings {
            positions = List.copyOf(positions);
        }
    }
}
