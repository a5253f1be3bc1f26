package io.outcry.engineclient;

import com.sun.management.OperatingSystemMXBean;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.OpenAccount;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the client costs with the real engine in another process: commands per second, and CPU time
 * of this process per command. Two ways of use: threads that each wait for their answer, as a
 * server's request threads do, and one thread that keeps many commands under way.
 *
 * <p>Arguments: seconds for each run (5), request threads (40), commands under way (2048).
 */
final class ClientBenchmark {
    private static final Currency USD = new Currency("USD");
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final int MAX_SAMPLES = 1 << 20;

    private final EngineClient client;
    private final long runNanos;
    private final AtomicLong commands = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final long[] latencies = new long[MAX_SAMPLES];

    private ClientBenchmark(EngineClient client, Duration run) {
        this.client = client;
        runNanos = run.toNanos();
    }

    public static void main(String[] arguments) throws Exception {
        int seconds = argument(arguments, 0, 5);
        int threads = argument(arguments, 1, 40);
        int underWay = argument(arguments, 2, 2_048);
        Path directory = Files.createTempDirectory("client-benchmark");
        try (EngineProcess engine = EngineProcess.start(directory);
                EngineClient client = EngineClient.start(engine.settings())) {
            if (!client.awaitConnected(Duration.ofSeconds(10))) {
                throw new IllegalStateException("no engine; see " + directory);
            }
            open(client);
            for (int round = 1; round <= 2; round++) {
                String name = round == 1 ? "warm-up" : "measured";
                new ClientBenchmark(client, Duration.ofSeconds(seconds)).waiting(name, threads);
                new ClientBenchmark(client, Duration.ofSeconds(seconds)).streaming(name, underWay);
            }
        }
    }

    /** Each thread places a resting order and cancels it, one after the other. */
    private void waiting(String name, int threadCount) throws InterruptedException {
        long end = System.nanoTime() + runNanos;
        Thread[] threads = new Thread[threadCount];
        Cpu before = Cpu.now();
        for (int i = 0; i < threadCount; i++) {
            threads[i] = new Thread(() -> placeAndCancel(end));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        report(name + ", " + threadCount + " waiting threads", before);
    }

    private void placeAndCancel(long end) {
        OrderTerms terms = resting();
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            if (client.placeOrder(terms).join()
                    instanceof Outcome.Done<io.outcry.domain.engine.PlacedOrder> done) {
                count(start);
                client.cancelOrder(terms.accountId(), done.value().order().id()).join();
                commands.incrementAndGet();
            } else {
                failures.incrementAndGet();
            }
        }
    }

    /** One thread sends market orders that find nothing, and never waits for an answer. */
    @SuppressWarnings("FutureReturnValueIgnored") // The action counts every outcome.
    private void streaming(String name, int underWay) throws InterruptedException {
        Semaphore places = new Semaphore(underWay);
        long end = System.nanoTime() + runNanos;
        Cpu before = Cpu.now();
        OrderTerms terms = market();
        while (System.nanoTime() < end) {
            places.acquire();
            long start = System.nanoTime();
            client.placeOrder(terms)
                    .thenAccept(
                            outcome -> {
                                if (outcome instanceof Outcome.Done) {
                                    count(start);
                                } else {
                                    failures.incrementAndGet();
                                }
                                places.release();
                            });
        }
        places.acquire(underWay);
        report(name + ", " + underWay + " under way", before);
    }

    private void count(long startNanos) {
        int sample = (int) (commands.getAndIncrement() % MAX_SAMPLES);
        latencies[sample] = System.nanoTime() - startNanos;
    }

    private void report(String name, Cpu before) {
        Cpu after = Cpu.now();
        long done = commands.get();
        long[] samples = Arrays.stream(latencies).filter(nanos -> nanos > 0).sorted().toArray();
        System.out.printf(
                "%-32s %,9d commands/s, CPU each %5.1f us, of the client's thread %4.1f us;"
                        + " p50 %,6d us, p99 %,6d us, %d failed%n",
                name,
                done * 1_000_000_000L / runNanos,
                (after.process - before.process) / 1_000.0 / done,
                (after.loop - before.loop) / 1_000.0 / done,
                samples[samples.length / 2] / 1_000,
                samples[samples.length * 99 / 100] / 1_000,
                failures.get());
    }

    private static void open(EngineClient client) {
        client.defineInstrument(
                        new Instrument(
                                AAPL,
                                USD,
                                new Scale(2),
                                new Scale(0),
                                new Scale(2),
                                1,
                                1,
                                1_000_000,
                                0,
                                0,
                                0,
                                0,
                                0,
                                InstrumentStatus.OPEN,
                                0))
                .join();
        client.openAccount(new OpenAccount(new AccountId(1), USD, 1_000_000_000L, 0, 0)).join();
    }

    private static OrderTerms resting() {
        return order(OrderType.LIMIT, TimeInForce.GTC, 1_00);
    }

    private static OrderTerms market() {
        return order(OrderType.MARKET, TimeInForce.IOC, 0);
    }

    private static OrderTerms order(OrderType type, TimeInForce timeInForce, long price) {
        return new OrderTerms(
                new AccountId(1),
                AAPL,
                Side.BUY,
                type,
                timeInForce,
                1,
                price,
                0,
                0,
                0,
                0,
                false,
                SelfTradePrevention.CANCEL_NEWEST,
                null);
    }

    /** CPU time of the whole process, and of the client's thread alone. */
    private record Cpu(long process, long loop) {
        static Cpu now() {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long loop =
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().equals("outcry-engine-client"))
                            .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
                            .sum();
            OperatingSystemMXBean process =
                    (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Cpu(process.getProcessCpuTime(), loop);
        }
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }
}
