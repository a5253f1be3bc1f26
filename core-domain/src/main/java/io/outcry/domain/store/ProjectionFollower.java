package io.outcry.domain.store;

import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.event.Event;
import java.util.List;

/**
 * Sees what the projection's one writer is given and what it has written, on the replica where it
 * writes. Called by one thread at a time, which writes nothing meanwhile: calls must return soon.
 */
public interface ProjectionFollower {

    /**
     * This replica writes from now on.
     *
     * @param market as projected so far; of no use after the call
     */
    void leading(MarketState market);

    /**
     * Events that the engine has on disk and nobody has written yet, right after the earlier ones:
     * each is told here once before it is told as written. When this replica no longer leads before
     * they are written, the next leader is told of them anew.
     */
    default void arrived(List<Event> events) {}

    /**
     * Events that were written and committed, right after the earlier ones.
     *
     * @param booked what they changed of the balances of accounts other than the house
     */
    void written(List<Event> events, List<LedgerEntry> booked);

    /** This replica no longer writes. */
    void resigned();
}
