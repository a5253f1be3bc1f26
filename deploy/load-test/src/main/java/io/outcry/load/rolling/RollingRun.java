package io.outcry.load.rolling;

import io.outcry.load.run.Account;
import io.outcry.load.run.LiveCounts;
import io.outcry.load.run.LoadRun;
import io.outcry.load.run.Registrations;
import io.outcry.load.run.RunObserver;
import io.outcry.load.run.RunResult;
import io.outcry.load.run.RunResult.ClientResult;
import io.outcry.load.run.Settings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders, and clients that follow theirs, while the replicas are restarted. For one thread. */
public final class RollingRun {
    private static final Duration MEASURE_WARMUP = Duration.ofSeconds(5);
    private static final Duration MEASURE = Duration.ofSeconds(10);

    /** The restarts end the run; this is only so that it has an end without them. */
    private static final Duration AT_MOST = Duration.ofHours(2);

    private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int PERCENT = 100;
    private static final int MOST_TIMES = 10_000;

    /**
     * What is done.
     *
     * @param rate orders and cancels per second; 0: that share of what the venue takes
     * @param followers clients that follow their orders
     * @param restart a shell's line that restarts all replicas
     */
    public record Plan(
            URI target,
            int clients,
            long rate,
            int sharePercent,
            int followers,
            String restart,
            int times) {

        /** Checks that it can be done; IllegalArgumentException names what cannot be. */
        public Plan {
            Settings.requireWithin("times", times, 1, MOST_TIMES);
            Settings.requireWithin("share", sharePercent, 1, PERCENT);
            Settings.requireWithin("followers", followers, 0, clients);
            Settings unused =
                    Settings.limitOrders(target, clients, MEASURE_WARMUP, MEASURE, rate, 1);
        }
    }

    /**
     * What came of it.
     *
     * @param mostPerSecond what the venue took back to back; 0: that was not asked
     */
    public record Result(
            Plan plan,
            double mostPerSecond,
            long rate,
            RunResult orders,
            List<Double> restartSeconds,
            List<Followed> followed) {}

    /**
     * What one client was told of its orders, beside what the venue lists.
     *
     * @param interruptions how often it had to connect anew
     * @param snapshots more than one: it was not told all that had happened meanwhile
     */
    public record Followed(
            long events,
            int interruptions,
            int snapshots,
            long missed,
            long unlisted,
            long repeated,
            @Nullable String firstDifference) {}

    private final Plan plan;
    private final RunObserver observer;
    private final Clock clock;

    public RollingRun(Plan plan, RunObserver observer, Clock clock) {
        this.plan = plan;
        this.observer = observer;
        this.clock = clock;
    }

    /**
     * Runs to the last restart.
     *
     * @throws IOException when the venue cannot be asked, or a restart failed
     */
    public Result run() throws IOException {
        double most = plan.rate() > 0 ? 0 : most();
        long rate =
                plan.rate() > 0
                        ? plan.rate()
                        : Math.max(1, Math.round(most * plan.sharePercent() / PERCENT));
        List<OrderFollower> followers = new ArrayList<>();
        Restarts restarts = new Restarts(plan.restart(), plan.times());
        try {
            LoadRun load =
                    new LoadRun(
                            settings(rate, Duration.ZERO, AT_MOST, 2),
                            new Started(followers, restarts),
                            clock);
            restarts.whenDone(load::stop);
            RunResult orders = load.run();
            List<Double> seconds = restarts.seconds();
            return new Result(plan, most, rate, orders, seconds, compared(followers));
        } finally {
            restarts.close();
            followers.forEach(OrderFollower::close);
        }
    }

    private double most() throws IOException {
        RunResult result =
                new LoadRun(settings(0, MEASURE_WARMUP, MEASURE, 1), observer, clock).run();
        long decided = 0;
        for (ClientResult client : result.clients()) {
            decided += client.orders().decided().count() + client.cancels().decided().count();
        }
        return decided / (result.elapsedNanos() / NANOS_PER_SECOND);
    }

    private List<Followed> compared(List<OrderFollower> followers) throws IOException {
        Statements statements = new Statements(plan.target());
        List<Followed> compared = new ArrayList<>();
        for (OrderFollower follower : followers) {
            compared.add(follower.compare(statements, TOLD_WITHIN));
        }
        return compared;
    }

    private Settings settings(long rate, Duration warmup, Duration duration, long seed) {
        return Settings.limitOrders(plan.target(), plan.clients(), warmup, duration, rate, seed);
    }

    /** Has the first clients followed, and the restarts begin with the orders. */
    private final class Started implements RunObserver {
        private final List<OrderFollower> followers;
        private final Restarts restarts;

        Started(List<OrderFollower> followers, Restarts restarts) {
            this.followers = followers;
            this.restarts = restarts;
        }

        @Override
        public void registering(int clients) {
            observer.registering(clients);
        }

        @Override
        public void registered(Registrations registrations) {
            observer.registered(registrations);
            for (Account account : registrations.accounts()) {
                if (followers.size() < plan.followers()) {
                    followers.add(OrderFollower.of(plan.target(), account.token()));
                }
            }
            followers.forEach(OrderFollower::awaitSnapshot);
        }

        @Override
        public void started(LiveCounts counts, Duration planned) {
            observer.started(counts, planned);
            restarts.start();
        }

        @Override
        public void ended() {
            observer.ended();
        }
    }
}
