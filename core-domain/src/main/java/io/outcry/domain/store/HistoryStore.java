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

    /**
     * An order's life, newest first: as many of its fills and changes of terms as a page has; on
     * the first page its end, on the last its acceptance. The page's boundary is the sequence of a
     * fill or a change. Empty: the account has no such order.
     */
    List<OrderStep> order(AccountId accountId, OrderId orderId, Page page);

    /** Newest first. The page's boundary is a sequence. */
    List<AccountChange> account(AccountId accountId, Page page);

    /** Newest first. The page's boundary is a sequence. */
    List<InstrumentChange> instrument(Symbol symbol, Page page);
}
