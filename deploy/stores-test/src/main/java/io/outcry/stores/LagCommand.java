package io.outcry.stores;

import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.engine.EventFeed;
import io.outcry.domain.engine.EventListener;
import io.outcry.domain.event.Event;
import io.outcry.domain.store.MarketState;
import io.outcry.domain.store.ProjectionFollower;
import io.outcry.persistence.Persistence;
import io.outcry.persistence.Projector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Lets the projector catch up with a backlog, then feeds it orders at a steady rate, and tells how
 * far behind it was and what it cost.
 */
@Command(
        name = "lag",
        mixinStandardHelpOptions = true,
        description =
                "Feeds the projector at a rate; tells how far behind it is and what it costs.")
final class LagCommand implements Callable<Integer> {
    private static final long TICK_MS = 5;
    private static final int BACKLOG_BATCH = 1_000;

    @Option(
            names = "--rate",
            defaultValue = "18000",
            description = "orders/s (default: ${DEFAULT-VALUE})")
    int rate;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "at that rate (default: ${DEFAULT-VALUE})")
    int seconds;

    @Option(
            names = "--backlog",
            defaultValue = "200000",
            description = "orders to catch up with before (default: ${DEFAULT-VALUE})")
    int backlog;

    @Option(names = "--accounts", defaultValue = "40", description = "(default: ${DEFAULT-VALUE})")
    int accounts;

    @Option(names = "--symbols", defaultValue = "9", description = "(default: ${DEFAULT-VALUE})")
    int symbols;

    @Option(
            names = "--limit-ms",
            defaultValue = "200",
            description = "of the lag's 99th percentile (default: ${DEFAULT-VALUE})")
    long limitMs;

    @Option(
            names = "--most-core",
            defaultValue = "50",
            description =
                    "percent of one core that projector and PostgreSQL may take together"
                            + " (default: ${DEFAULT-VALUE})")
    int mostCore;

    @Option(
            names = "--least-catch-up",
            defaultValue = "30000",
            description = "orders/s of the backlog (default: ${DEFAULT-VALUE})")
    int leastCatchUp;

    @Option(names = "--data", required = true, description = "an empty or new directory")
    Path data;

    @Spec CommandSpec spec;

    /** Events up to that sequence were there at that time. */
    private record Arrival(long sequence, long nanos) {}

    private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final List<Long> lagsMicros = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private volatile EventListener listener = new NoListener();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Servers servers = Servers.in(data, Path.of("unused"))) {
            servers.startPostgres();
            try (Persistence persistence = Persistence.open(servers.persistence())) {
                persistence.migrate();
                try (Projector projector = persistence.project(this::subscribe, new Follower())) {
                    subscribed.await();
                    return measure(new RestingTrading(accounts, symbols), projector, servers);
                }
            }
        }
    }

    private EventFeed.Subscription subscribe(
            long afterSequence, long afterTimeNanos, EventListener to) {
        listener = to;
        subscribed.countDown();
        return () -> {};
    }

    private int measure(RestingTrading trading, Projector projector, Servers servers)
            throws InterruptedException {
        deliver(trading.opening());
        long begun = System.nanoTime();
        long before = trading.sequence();
        for (int done = 0; done < backlog; done += BACKLOG_BATCH) {
            deliver(trading.orders(BACKLOG_BATCH));
        }
        awaitWritten(projector, trading.sequence());
        double caughtUp = (System.nanoTime() - begun) / 1e9;
        say(
                "backlog of %,d orders, %,d events: %,.0f orders/s",
                backlog, trading.sequence() - before, backlog / caughtUp);
        lagsMicros.clear();
        double postgresBefore = servers.postgresSeconds();
        double projectorBefore = Servers.projectorSeconds();
        long fedFrom = System.nanoTime();
        int fed = feed(trading);
        awaitWritten(projector, trading.sequence());
        double took = (System.nanoTime() - fedFrom) / 1e9;
        double ofProjector = Servers.projectorSeconds() - projectorBefore;
        double ofPostgres = servers.postgresSeconds() - postgresBefore;
        tell("projector", fed, ofProjector, took);
        tell("PostgreSQL", fed, ofPostgres, took);
        double lagMs = tellLag(fed, took);
        return judge(lagMs, (ofProjector + ofPostgres) / took * 100, backlog / caughtUp);
    }

    /** A tick's orders at its time, or as soon as there is room for them. */
    private int feed(RestingTrading trading) {
        int perTick = Math.max(2, (int) (rate * TICK_MS / 1_000) / 2 * 2);
        long tickNanos = perTick * 1_000_000_000L / rate;
        long start = System.nanoTime();
        int fed = 0;
        for (long next = start;
                next - start < TimeUnit.SECONDS.toNanos(seconds);
                next += tickNanos) {
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            List<Event> events = trading.orders(perTick);
            arrivals.add(new Arrival(trading.sequence(), next));
            listener.onEvents(events, trading.sequence());
            fed += perTick;
        }
        return fed;
    }

    private void tell(String what, int fed, double cost, double took) {
        say(
                "%-10s %5.1f us of processor time an order, %3.0f %% of one core",
                what, cost * 1e6 / fed, cost / took * 100);
    }

    /** The exit status: whether every mark was reached; says which was not. */
    private int judge(double lagMs, double core, double catchUp) {
        boolean inTime = lagMs < limitMs;
        boolean cheap = core <= mostCore;
        boolean fast = catchUp >= leastCatchUp;
        if (!inTime) {
            say("not reached: a lag below %d ms in 99 of 100", limitMs);
        }
        if (!cheap) {
            say("not reached: %d %% of one core at most; it took %.0f", mostCore, core);
        }
        if (!fast) {
            say("not reached: a backlog at %,d orders/s", leastCatchUp);
        }
        return inTime && cheap && fast ? 0 : 1;
    }

    /** The 99th percentile in ms. */
    private double tellLag(int fed, double took) {
        List<Long> sorted = new ArrayList<>(lagsMicros);
        Collections.sort(sorted);
        long p50 = sorted.get(sorted.size() / 2);
        long p99 = sorted.get(sorted.size() * 99 / 100);
        say(
                "%,d orders at %,.0f/s: lag p50 %.0f ms, p99 %.0f ms, most %.0f ms",
                fed, fed / took, p50 / 1e3, p99 / 1e3, sorted.get(sorted.size() - 1) / 1e3);
        return p99 / 1e3;
    }

    private void deliver(List<Event> events) {
        listener.onEvents(events, events.get(events.size() - 1).sequence());
    }

    private static void awaitWritten(Projector projector, long sequence)
            throws InterruptedException {
        while (projector.status().position() < sequence) {
            if (projector.status().role() == Projector.Role.FAILED) {
                throw new IllegalStateException("the projector failed: " + projector.status());
            }
            Thread.sleep(5);
        }
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** Takes the time of what has been committed. */
    private final class Follower implements ProjectionFollower {
        @Override
        public void leading(MarketState market) {}

        @Override
        public void written(List<Event> events, List<LedgerEntry> booked) {
            long now = System.nanoTime();
            long position = events.get(events.size() - 1).sequence();
            Arrival oldest = arrivals.peek();
            while (oldest != null && oldest.sequence() <= position) {
                lagsMicros.add(TimeUnit.NANOSECONDS.toMicros(now - oldest.nanos()));
                arrivals.remove();
                oldest = arrivals.peek();
            }
        }

        @Override
        public void resigned() {}
    }

    private static final class NoListener implements EventListener {
        @Override
        public void onEvents(List<Event> events, long durableSequence) {}

        @Override
        public void onFailed(FeedFailure failure) {}
    }
}
