package io.outcry.load.stream;

import io.outcry.load.entry.EntryRun;
import io.outcry.load.flow.Mix;
import io.outcry.load.run.Settings;
import io.outcry.load.ws.FrozenReader;
import io.outcry.load.ws.Subscribers;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
     * @param batch orders in one request, or under way on one WebSocket
     */
    public record Plan(
            URI replica,
            URI target,
            int count,
            EntryRun.Way way,
            int clients,
            int batch,
            long rate,
            Duration warmup,
            Duration duration) {

        /** Checks that it can be done; IllegalArgumentException names what cannot be. */
        public Plan {
            Settings.requireServer("replica", replica);
            Settings.requireWithin("count", count, 1, MOST_SUBSCRIBERS);
            EntryRun.Plan unused =
                    new EntryRun.Plan(target, way, clients, batch, rate, warmup, duration);
        }

        private EntryRun.Plan entry() {
            return new EntryRun.Plan(target, way, clients, batch, rate, warmup, duration);
        }
    }

    /**
     * What came of it.
     *
     * @param mostHeapBytes that the replica was seen to use
     */
    public record Result(
            Plan plan,
            Instant startedAt,
            EntryRun.Result orders,
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
            Instant startedAt = clock.instant();
            CompletableFuture<EntryRun.Result> orders =
                    CompletableFuture.supplyAsync(() -> trade(subscribers));
            subscribers.serve(orders::isDone);
            EntryRun.Result traded = result(orders);
            return new Result(
                    plan,
                    startedAt,
                    traded,
                    subscribers.delivery(),
                    subscribers.resyncs(),
                    subscribers.lost(),
                    frozen.cut(PATIENCE),
                    heap.mostBytes());
        }
    }

    private EntryRun.Result trade(Subscribers subscribers) {
        try {
            EntryRun run =
                    new EntryRun(
                            plan.entry(),
                            Mix.crossingFlows(SYMBOL, plan.clients()),
                            () -> measureAfterWarmup(subscribers));
            EntryRun.Result traded = run.run();
            subscribers.stopMeasuring();
            return traded;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private void measureAfterWarmup(Subscribers subscribers) {
        CompletableFuture<Void> unused =
                CompletableFuture.runAsync(
                        subscribers::startMeasuring,
                        CompletableFuture.delayedExecutor(
                                plan.warmup().toMillis(), TimeUnit.MILLISECONDS));
    }

    private static EntryRun.Result result(CompletableFuture<EntryRun.Result> orders)
            throws IOException {
        try {
            return orders.join();
        } catch (CompletionException e) {
            throw new IOException("the orders failed: " + e.getCause(), e);
        }
    }
}
