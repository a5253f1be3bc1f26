package io.outcry.load.entry;

import com.sun.management.OperatingSystemMXBean;
import io.outcry.load.flow.OrderFlow;
import io.outcry.load.run.Pace;
import io.outcry.load.run.Settings;
import io.outcry.load.ws.OrderSocket;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Places orders in bulk: many in one request, or many under way on one WebSocket. For one thread.
 */
public final class EntryRun {
    /** How orders come in. */
    public enum Way {
        REST(100),
        WS(256);

        /** Orders in one request, or under way on one WebSocket. */
        private final int most;

        Way(int most) {
            this.most = most;
        }
    }

    /**
     * What is done.
     *
     * @param batch orders in one request, or under way on one WebSocket
     * @param ratePerSecond orders per second of all clients together; 0: as fast as answers come
     */
    public record Plan(
            URI target,
            Way way,
            int clients,
            int batch,
            long ratePerSecond,
            Duration warmup,
            Duration duration) {

        /** Checks that it can be done; IllegalArgumentException names what cannot be. */
        public Plan {
            Settings.requireWithin("batch", batch, 1, way.most);
            Settings unused =
                    Settings.limitOrders(target, clients, warmup, duration, ratePerSecond, 1);
        }

        Pace pace(long startNanos, int client) {
            return ratePerSecond == 0
                    ? Pace.backToBack()
                    : Pace.fixedRate(
                            startNanos,
                            ratePerSecond,
                            way == Way.REST ? batch : 1,
                            client,
                            clients);
        }
    }

    /** What came of it. */
    public record Result(Plan plan, EntryTally tally, double seconds, double cpuSeconds) {}

    private static final double NANOS_PER_SECOND = 1e9;

    private final Plan plan;
    private final List<OrderFlow> flows;
    private final Runnable started;

    /**
     * One that can be run.
     *
     * @param flows what is sent, one for each client, of new orders alone
     * @param started is called once all users are there and trade
     */
    public EntryRun(Plan plan, List<OrderFlow> flows, Runnable started) {
        this.plan = plan;
        this.flows = flows;
        this.started = started;
    }

    /**
     * Runs to the end.
     *
     * @throws IOException when a client was cut off: then there are no figures
     */
    public Result run() throws IOException {
        List<String> tokens = Users.register(plan.target(), plan.clients());
        long cpuBefore = cpuNanos();
        long startNanos = System.nanoTime();
        long measureNanos = startNanos + plan.warmup().toNanos();
        long endNanos = measureNanos + plan.duration().toNanos();
        EntryTally all = new EntryTally(measureNanos);
        started.run();
        if (plan.way() == Way.REST) {
            BatchClients.trade(plan, tokens, flows, startNanos, endNanos, all);
        } else {
            bySocket(tokens, startNanos, measureNanos, endNanos, all);
        }
        // Not the wait for answers that never came: nothing was done in it.
        long nanos = Math.max(plan.duration().toNanos(), all.lastAnswerNanos());
        return new Result(
                plan, all, nanos / NANOS_PER_SECOND, (cpuNanos() - cpuBefore) / NANOS_PER_SECOND);
    }

    private void bySocket(
            List<String> tokens, long startNanos, long measureNanos, long endNanos, EntryTally all)
            throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(plan.clients());
        try {
            List<Future<EntryTally>> parts = new ArrayList<>();
            for (int i = 0; i < plan.clients(); i++) {
                String token = tokens.get(i);
                OrderFlow flow = flows.get(i);
                Pace pace = plan.pace(startNanos, i);
                parts.add(
                        threads.submit(() -> bySocket(token, flow, pace, measureNanos, endNanos)));
            }
            for (Future<EntryTally> part : parts) {
                all.addAll(part.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a client was cut off: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private EntryTally bySocket(
            String token, OrderFlow flow, Pace pace, long measureNanos, long endNanos)
            throws IOException {
        EntryTally tally = new EntryTally(measureNanos);
        try (OrderSocket socket = OrderSocket.open(plan.target(), token, flow, plan.batch())) {
            socket.trade(endNanos, pace, new Counting(tally));
        }
        return tally;
    }

    /** Counts what became of orders by WebSocket. */
    private record Counting(EntryTally tally) implements OrderSocket.Answers {
        @Override
        public void answered(long status, String code, long sentNanos, long latencyNanos) {
            tally.latency(latencyNanos, sentNanos);
            if (status == 201) {
                tally.accepted(1, sentNanos);
            } else {
                tally.other(code, 1, sentNanos);
            }
        }

        @Override
        public void undecided(long sentNanos) {
            tally.undecided();
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
