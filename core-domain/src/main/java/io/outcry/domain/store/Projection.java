package io.outcry.domain.store;

import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.event.Event;
import java.util.List;
import java.util.Optional;

/**
 * The event feed's projection: who writes it, and how far it has come. Safe for use by many
 * threads. Methods throw {@link StoreUnavailableException} when the store does not answer.
 */
public interface Projection {

    /** Sequence of the last event that queries show. */
    long position();

    /** Becomes the one writer, unless another holds the place. Does not wait. */
    Optional<Leadership> tryLead();

    /** The right to write, held until it is closed or its database session ends. For one thread. */
    interface Leadership extends AutoCloseable {
        /** Sequence of the last event written. */
        long position();

        /** Time of that event; 0: not known, or there is none. */
        long positionTimeNanos();

        /** The market at {@link #position()}, until the next write. */
        MarketState market();

        /**
         * Writes the events and the new position in one transaction: all of it or nothing.
         *
         * @param events without a gap, the first one right after {@link #position()}; none: only
         *     checks that the right to write is still held
         * @return what was booked, in that order, but for the house
         * @throws LeadershipLostException when another has written since
         * @throws StoreUnavailableException when it is not known whether they were written: close
         *     this, lead again and go on from the position that is found then
         */
        List<LedgerEntry> write(List<Event> events);

        @Override
        void close();
    }

    /** Another writer has moved the projection on: this one must stop. */
    final class LeadershipLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LeadershipLostException(String message) {
            super(message);
        }
    }
}
