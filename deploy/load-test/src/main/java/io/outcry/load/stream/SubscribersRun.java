package io.outcry.load.stream;

import io.outcry.load.run.LiveCounts;
import io.outcry.load.run.LoadRun;
import io.outcry.load.run.Registrations;
import io.outcry.load.run.RunObserver;
import io.outcry.load.run.RunResult;
import io.outcry.load.run.Settings;
import io.outcry.load.ws.FrozenReader;
import io.outcry.load.ws.Subscribers;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Many subscribers of one replica, one of them frozen, while orders trade. For one thread. */
public final class SubscribersRun {
    private static final String SYMBOL = "AAPL";
    private static final int MOST_SUBSCRIBERS = 60_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * What is done.
     *
     * @param replica which all subscribers follow
     * @param target where the orders go
     */
    public record Plan(
            URI replica,
            URI target,
            int count,
            int clients,
            long rate,
            Duration warmup,
            Duration duration) {

        /** Checks that it can be done; IllegalArgumentException names what cannot be. */
        public Plan {
            Settings.requireServer("replica", replica);
            Settings.requireWithin("count", count, 1, MOST_SUBSCRIBERS);
            Settings unused = Settings.limitOrders(target, clients, warmup, duration, rate, 1);
        }
    }

    /**
     * What came of it.
     *
     * @param mostHeapBytes that the replica was seen to use
     */
    public record Result(
            Plan plan,
            RunResult orders,
            Histogram delivery,
            long resyncs,
            long lost,
            boolean frozenCut,
            long mostHeapBytes) {}

    private final Plan plan;
    private final Clock clock;

    public SubscribersRun(Plan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    public Result run() throws IOException {
        try (Subscribers subscribers =
                        new Subscribers(plan.replica(), "trades:" + SYMBOL, plan.count(), clock);
                FrozenReader frozen = new FrozenReader(plan.replica(), SYMBOL);
                HeapWatch heap = new HeapWatch(plan.replica())) {
            LoadRun load = new LoadRun(settings(), new Start(subscribers), clock);
            CompletableFuture<RunResult> orders =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return load.run();
                                } catch (IOException e) {
                                    throw new CompletionException(e);
                                }
                            });
            subscribers.serve(orders::isDone);
            subscribers.measure(false);
            RunResult traded = result(orders);
            return new Result(
                    plan,
                    traded,
                    subscribers.delivery(),
                    subscribers.resyncs(),
                    subscribers.lost(),
                    frozen.cut(PATIENCE),
                    heap.mostBytes());
        }
    }

    private static RunResult result(CompletableFuture<RunResult> orders) throws IOException {
        try {
            return orders.join();
        } catch (CompletionException e) {
            throw new IOException("the orders failed: " + e.getCause(), e);
        }
    }

    private Settings settings() {
        return Settings.limitOrders(
                plan.target(), plan.clients(), plan.warmup(), plan.duration(), plan.rate(), 1);
    }

    /** Has deliveries counted from the end of the warm-up. */
    private final class Start implements RunObserver {
        private final Subscribers subscribers;

        Start(Subscribers subscribers) {
            this.subscribers = subscribers;
        }

        @Override
        public void registering(int clients) {}

        @Override
        public void registered(Registrations registrations) {}

        @Override
        public void started(LiveCounts counts, Duration planned) {
            CompletableFuture<Void> unused =
                    CompletableFuture.runAsync(
                            () -> subscribers.measure(true),
                            CompletableFuture.delayedExecutor(
                                    plan.warmup().toMillis(), TimeUnit.MILLISECONDS));
        }

        @Override
        public void ended() {
            subscribers.measure(false);
        }
    }
}
