package io.outcry.domain.store;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.LedgerEntry;
import java.util.List;

/**
 * Every change of every balance. Safe for use by many threads. Methods throw {@link
 * StoreUnavailableException} when the store does not answer.
 */
public interface LedgerStore {

    /** Newest first. The page's boundary is a {@link LedgerEntry#id()}. */
    List<LedgerEntry> entries(AccountId accountId, Page page);
}
