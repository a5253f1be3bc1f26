package io.outcry.persistence;

import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.engine.EventFeed;
import io.outcry.domain.engine.EventListener.FeedFailure;
import io.outcry.domain.event.Event;
import io.outcry.domain.store.Projection;
import io.outcry.domain.store.Projection.Leadership;
import io.outcry.domain.store.Projection.LeadershipLostException;
import io.outcry.domain.store.ProjectionFollower;
import io.outcry.domain.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the projection up with the engine's event feed: tries to become its one writer, and while
 * it is, writes what arrives. It leads again by itself after the database was away or another took
 * its place, and stops for good, loudly, when the feed says that the projection cannot go on.
 * Everything runs on one thread of its own; the methods are safe for use by many threads.
 */
public final class Projector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);

    /** How soon a leader without events to write finds that it no longer leads. */
    private static final Duration IDLE_CHECK = Duration.ofSeconds(1);

    private static final long CLOSE_MS = 10_000;

    private final Projection projection;
    private final EventFeed feed;
    private final ProjectionWatch watch;
    private final GuardedFollower follower;
    private final Settings settings;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "outcry-projector");

    private volatile Status status = new Status(Role.STANDBY, 0, 0, null);
    private volatile @Nullable EventInbox inbox;

    /** Part in writing the projection. */
    public enum Role {
        /** Another replica writes, or the database is away. */
        STANDBY,
        /** This replica writes. */
        LEADER,
        /** Neither, until the process starts anew: the feed has ended for good. */
        FAILED
    }

    /**
     * How things stand.
     *
     * @param position last event that this replica has written; 0: none yet
     * @param durableSequence last event that the engine is known to have; 0 unless this replica
     *     leads
     * @param problem what keeps this replica from leading; null: nothing but another that leads
     */
    public record Status(Role role, long position, long durableSequence, @Nullable String problem) {
        /** How many events a leader is behind. */
        public long lag() {
            return Math.max(0, durableSequence - position);
        }
    }

    /**
     * How to batch and how long to wait.
     *
     * @param inboxEvents most events that wait for the writer; beyond them the feed waits
     * @param batchEvents most events of one transaction
     * @param gatherPerEvent how long to let the next batch gather for each event of the last one,
     *     so that a quiet venue's events are written at once and a busy one's in large batches
     * @param gatherMost the bound of that, unless writing takes so long that a larger batch is
     *     called for: it gathers for three times as long as the last one took, so that writing
     *     takes a quarter of the time at most
     * @param restMost the bound of that in turn
     * @param lagWanted what an event should wait at most: where writing takes so long that
     *     gathering or resting would make it wait longer, the writer pauses less
     * @param standbyInterval between tries to lead while another leads
     * @param retryMost longest wait after a failure; the first is a twentieth of it
     * @param followerRetryMost the same for a follower, which then is told of the whole market
     */
    public record Settings(
            int inboxEvents,
            int batchEvents,
            Duration gatherPerEvent,
            Duration gatherMost,
            Duration restMost,
            Duration lagWanted,
            Duration standbyInterval,
            Duration retryMost,
            Duration followerRetryMost) {
        public static final Settings DEFAULT =
                new Settings(
                        20_000,
                        4_000,
                        Duration.ofMillis(1),
                        Duration.ofMillis(20),
                        Duration.ofMillis(60),
                        Duration.ofMillis(120),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1));

        public Settings {
            if (inboxEvents < 1 || batchEvents < 1) {
                throw new IllegalArgumentException("inboxEvents and batchEvents must be above 0");
            }
        }
    }

    private Projector(
            Projection projection,
            EventFeed feed,
            ProjectionWatch watch,
            GuardedFollower follower,
            Settings settings) {
        this.projection = projection;
        this.feed = feed;
        this.watch = watch;
        this.follower = follower;
        this.settings = settings;
    }

    /**
     * Starts to work.
     *
     * @param watch told of every write, so that readers on this replica need not ask
     * @param follower called on the projector's thread; when it throws, that is logged and counted,
     *     changes nothing for the projection, and the follower begins anew after a while
     */
    public static Projector start(
            Projection projection,
            EventFeed feed,
            ProjectionWatch watch,
            ProjectionFollower follower,
            Settings settings) {
        GuardedFollower guarded = new GuardedFollower(follower, settings.followerRetryMost());
        Projector projector = new Projector(projection, feed, watch, guarded, settings);
        projector.thread.start();
        return projector;
    }

    public Status status() {
        EventInbox current = inbox;
        Status last = status;
        return current == null
                ? last
                : new Status(
                        last.role(), last.position(), current.durableSequence(), last.problem());
    }

    /** How often the follower has failed since this was started. */
    public long followerFailures() {
        return follower.failures();
    }

    /** Stops after the batch that is being written, and gives the writer's place free. */
    @Override
    public void close() {
        stopping.countDown();
        EventInbox current = inbox;
        if (current != null) {
            current.close();
        }
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        RetryDelay delay = new RetryDelay(settings.retryMost());
        try {
            while (stopping.getCount() > 0 && status.role() != Role.FAILED) {
                try {
                    tryToLead();
                    delay.reset();
                } catch (StoreUnavailableException | LeadershipLostException e) {
                    report(e.getMessage(), null);
                    pause(delay.next());
                } catch (RuntimeException e) {
                    report("projecting failed: " + e.getMessage(), e);
                    pause(delay.next());
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("the projector was interrupted and stops");
        } catch (Error e) {
            stand(Role.FAILED, "the projector's thread has ended: " + e);
            throw e;
        }
    }

    private void tryToLead() throws InterruptedException {
        Optional<Leadership> leadership = projection.tryLead();
        if (leadership.isEmpty()) {
            stand(Role.STANDBY, null);
            pause(settings.standbyInterval());
            return;
        }
        EventInbox events = new EventInbox(settings.inboxEvents());
        try (Leadership leading = leadership.get()) {
            inbox = events;
            if (stopping.getCount() > 0) {
                lead(leading, events);
            }
        } finally {
            events.close();
            inbox = null;
        }
    }

    private void lead(Leadership leadership, EventInbox events) throws InterruptedException {
        try {
            follower.leading(leadership::market);
            status = new Status(Role.LEADER, leadership.position(), 0, null);
            LOG.info("leads the projection from event {} on", leadership.position());
            project(leadership, events);
        } finally {
            stand(status.role() == Role.FAILED ? Role.FAILED : Role.STANDBY, status.problem());
            follower.resigned();
        }
    }

    private void project(Leadership leadership, EventInbox events) throws InterruptedException {
        EventFeed.Subscription subscription =
                feed.subscribe(leadership.position(), leadership.positionTimeNanos(), events);
        try {
            writeAll(leadership, events);
        } finally {
            // First the inbox: the feed's thread may wait in it, and closing the subscription for
            // that thread.
            events.close();
            subscription.close();
        }
    }

    private void writeAll(Leadership leadership, EventInbox events) throws InterruptedException {
        while (!events.isClosed()) {
            follower.comeBack();
            gather(events, 1, IDLE_CHECK.toNanos());
            FeedFailure end = events.ended();
            if (end != null) {
                fail(end);
                return;
            }
            List<Event> batch = events.take(settings.batchEvents());
            follower.hear(batch);
            long beganNanos = System.nanoTime();
            List<LedgerEntry> booked = leadership.write(batch);
            if (!batch.isEmpty()) {
                written(leadership.position(), batch, booked);
                long tookNanos = System.nanoTime() - beganNanos;
                gather(events, settings.batchEvents(), pauseNanos(batch.size(), tookNanos));
            }
        }
    }

    /** The follower hears of each event at once. */
    private void gather(EventInbox events, int wanted, long timeoutNanos)
            throws InterruptedException {
        long endNanos = System.nanoTime() + timeoutNanos;
        boolean gathered;
        do {
            gathered = events.gather(wanted, follower.heard(), endNanos);
            follower.hear(events.newerThan(follower.heard()));
        } while (!gathered);
    }

    private long pauseNanos(int written, long tookNanos) {
        long gather =
                Math.min(
                        settings.gatherPerEvent().toNanos() * written,
                        settings.gatherMost().toNanos());
        long rest = Math.min(3 * tookNanos, settings.restMost().toNanos());
        // What comes while a batch is written waits for that, the rest, and a batch of its own.
        long most = settings.lagWanted().toNanos() - 2 * tookNanos;
        return Math.min(Math.max(gather, rest), most);
    }

    private void written(long position, List<Event> batch, List<LedgerEntry> booked) {
        status = new Status(Role.LEADER, position, 0, null);
        watch.written(position);
        follower.written(batch, booked);
    }

    private void fail(FeedFailure end) {
        stand(Role.FAILED, end.reason() + ": " + end.message());
        LOG.error(
                "the projection at event {} cannot follow the engine and stops: {} {}",
                status.position(),
                end.reason(),
                end.message());
    }

    private void report(@Nullable String problem, @Nullable RuntimeException unexpected) {
        if (unexpected != null) {
            LOG.error("the projector tries again after a failure", unexpected);
        } else if (status.problem() == null) {
            LOG.warn("the projector waits to try again: {}", problem);
        }
        stand(Role.STANDBY, problem);
    }

    private void stand(Role role, @Nullable String problem) {
        status = new Status(role, status.position(), status.durableSequence(), problem);
    }

    private void pause(Duration time) throws InterruptedException {
        if (stopping.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("stops while it waits");
        }
    }
}
