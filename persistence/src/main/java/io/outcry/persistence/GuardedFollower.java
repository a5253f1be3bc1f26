package io.outcry.persistence;

import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.event.Event;
import io.outcry.domain.store.MarketState;
import io.outcry.domain.store.ProjectionFollower;
import io.outcry.domain.store.StoreUnavailableException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a follower's failure from the projection: it is logged, and the follower hears no more
 * until this replica leads anew. For the projector's thread.
 */
final class GuardedFollower implements ProjectionFollower {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedFollower.class);

    private final ProjectionFollower follower;
    private boolean following;

    GuardedFollower(ProjectionFollower follower) {
        this.follower = follower;
    }

    @Override
    public void leading(MarketState market) {
        following = true;
        call(() -> follower.leading(market));
    }

    @Override
    public void written(List<Event> events, List<LedgerEntry> booked) {
        call(() -> follower.written(events, booked));
    }

    @Override
    public void resigned() {
        if (following) {
            following = false;
            try {
                follower.resigned();
            } catch (RuntimeException e) {
                LOG.error("the projection's follower failed to resign", e);
            }
        }
    }

    private void call(Runnable call) {
        if (!following) {
            return;
        }
        try {
            call.run();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("the projection's follower failed and hears no more in this term", e);
            resigned();
        }
    }
}
