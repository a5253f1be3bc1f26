package io.outcry.domain.store;

import io.outcry.domain.account.AccountChange;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.InstrumentChange;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStep;
import java.util.List;

/**
 * How things came to be as they are. Safe for use by many threads. Methods throw {@link
 * StoreUnavailableException} when the store does not answer.
 */
public interface HistoryStore {

    /** An order's whole life in the order in which it happened; empty: the account has no such. */
    List<OrderStep> order(AccountId accountId, OrderId orderId);

    /** Newest first. The page's boundary is a sequence. */
    List<AccountChange> account(AccountId accountId, Page page);

    /** Newest first. The page's boundary is a sequence. */
    List<InstrumentChange> instrument(Symbol symbol, Page page);
}
