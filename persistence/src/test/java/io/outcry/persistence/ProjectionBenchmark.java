package io.outcry.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.event.Event;
import io.outcry.domain.store.Projection.Leadership;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What projecting an order costs: processor time of PostgreSQL (all of its processes) and of the
 * writer's thread, by batch size. Runs only when it is asked for by name.
 */
class ProjectionBenchmark {
    private static final int ACCOUNTS = 40;
    private static final int SYMBOLS = 5;
    private static final int MOST_BATCHES = 2_000;
    private static final int ORDERS = Integer.getInteger("orders", 30_000);

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 120, 300, 1_000})
    void printsWhatAnOrderCosts(int perBatch) {
        TestDatabase database = TestDatabase.migrated();
        ProcessHandle server = ProcessHandle.of(database.serverProcess()).orElseThrow();
        try (Persistence persistence = database.open();
                Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
            BenchmarkFlow flow = new BenchmarkFlow(ACCOUNTS, SYMBOLS);
            int orders = Math.min(ORDERS, MOST_BATCHES * perBatch);
            project(leadership, flow, orders / 4, perBatch);
            measure(server, leadership, flow, orders, perBatch);
            assertThat(leadership.position()).isPositive();
        }
    }

    private static void measure(
            ProcessHandle server,
            Leadership leadership,
            BenchmarkFlow flow,
            int orders,
            int perBatch) {
        long wall = System.nanoTime();
        double postgres = postgresMicros(server);
        double java = project(leadership, flow, orders, perBatch);
        postgres = postgresMicros(server) - postgres;
        System.out.printf(
                Locale.ROOT,
                "%5d orders a batch: wall %7.1f us an order; processor: postgres %6.1f, java %5.1f,"
                        + " both %6.1f%n",
                perBatch,
                (System.nanoTime() - wall) / 1e3 / orders,
                postgres / orders,
                java / orders,
                (postgres + java) / orders);
    }

    /** The writer's processor time in microseconds, without that of making up the events. */
    private static double project(
            Leadership leadership, BenchmarkFlow flow, int orders, int perBatch) {
        long nanos = 0;
        for (int done = 0; done < orders; done += perBatch) {
            List<Event> batch = flow.orders(perBatch);
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            leadership.write(batch);
            nanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        }
        return nanos / 1e3;
    }

    /** What the server and its children have run so far, by the kernel's count in nanoseconds. */
    private static double postgresMicros(ProcessHandle server) {
        return server.descendants().mapToDouble(ProjectionBenchmark::micros).sum() + micros(server);
    }

    private static double micros(ProcessHandle process) {
        try (Scanner scanner =
                new Scanner(Path.of("/proc", Long.toString(process.pid()), "schedstat"), UTF_8)) {
            return scanner.nextLong() / 1e3;
        } catch (IOException ended) {
            return 0;
        }
    }
}
