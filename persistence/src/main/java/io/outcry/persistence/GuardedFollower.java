package io.outcry.persistence;

import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.event.Event;
import io.outcry.domain.store.MarketState;
import io.outcry.domain.store.ProjectionFollower;
import io.outcry.domain.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a follower's failure from the projection: it is logged and counted, and after a while the
 * follower is told of the market as it then is and goes on from there. For the projector's thread,
 * but for the count.
 */
final class GuardedFollower {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedFollower.class);

    private final ProjectionFollower follower;
    private final Duration retryMost;
    private final RetryDelay delay;

    /** Null while this replica does not lead. */
    private @Nullable Supplier<MarketState> market;

    private boolean following;

    /** Last event that it was told of; all that come are newer. */
    private long heard;

    private long sinceNanos;
    private long retryAtNanos;
    private volatile long failures;

    GuardedFollower(ProjectionFollower follower, Duration retryMost) {
        this.follower = follower;
        this.retryMost = retryMost;
        this.delay = new RetryDelay(retryMost);
    }

    /** May be called by any thread. */
    long failures() {
        return failures;
    }

    /**
     * This replica leads.
     *
     * @param state of the market as it is whenever it is asked
     */
    void leading(Supplier<MarketState> state) {
        market = state;
        delay.reset();
        begin(state);
    }

    private void begin(Supplier<MarketState> state) {
        following = true;
        sinceNanos = System.nanoTime();
        call(
                () -> {
                    MarketState now = state.get();
                    heard = now.sequence();
                    follower.leading(now);
                });
    }

    /** Last event that it was told of; MAX: it hears nothing at present. */
    long heard() {
        return following ? heard : Long.MAX_VALUE;
    }

    /** Tells of those that are news, of events in the order of their gapless sequence. */
    void hear(List<Event> events) {
        if (events.isEmpty() || events.get(events.size() - 1).sequence() <= heard()) {
            return;
        }
        long known = Math.max(0, heard - events.get(0).sequence() + 1);
        List<Event> news = events.subList((int) known, events.size());
        heard = news.get(news.size() - 1).sequence();
        call(() -> follower.arrived(news));
    }

    void written(List<Event> events, List<LedgerEntry> booked) {
        if (following) {
            call(() -> follower.written(events, booked));
        }
    }

    /** Lets a follower that failed begin anew, once it is time; not within a write. */
    void comeBack() {
        Supplier<MarketState> state = market;
        if (!following && state != null && System.nanoTime() - retryAtNanos >= 0) {
            begin(state);
            if (following) {
                LOG.info("the projection's follower goes on");
            }
        }
    }

    void resigned() {
        market = null;
        end();
    }

    private void end() {
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
        try {
            call.run();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    private void failed(RuntimeException e) {
        failures++;
        if (System.nanoTime() - sinceNanos > retryMost.toNanos()) {
            delay.reset();
        }
        Duration wait = delay.next();
        retryAtNanos = System.nanoTime() + wait.toNanos();
        LOG.error("the projection's follower failed, and begins anew in {} ms", wait.toMillis(), e);
        end();
    }
}
