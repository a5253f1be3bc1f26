package io.outcry.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.outcry.domain.event.Event;
import io.outcry.domain.store.Projection.Leadership;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;

/**
 * What projecting an order costs: processor time of PostgreSQL (all of its processes) and of the
 * writer's thread, by batch size. Arguments: orders per batch size, then the sizes in orders.
 */
final class ProjectionBenchmark {
    private static final int ACCOUNTS = 40;
    private static final int SYMBOLS = 5;

    private ProjectionBenchmark() {}

    public static void main(String[] arguments) {
        int orders = Integer.parseInt(arguments[0]);
        System.out.println("orders/batch   orders  wall us/order  postgres us  java us  both us");
        for (int i = 1; i < arguments.length; i++) {
            int perBatch = Integer.parseInt(arguments[i]);
            TestDatabase database = TestDatabase.migrated();
            ProcessHandle server = ProcessHandle.of(database.serverProcess()).orElseThrow();
            try (Persistence persistence = database.open();
                    Leadership leadership = persistence.projection().tryLead().orElseThrow()) {
                BenchmarkFlow flow = new BenchmarkFlow(ACCOUNTS, SYMBOLS);
                project(leadership, flow, orders / 4, perBatch);
                measure(server, leadership, flow, orders, perBatch);
            }
        }
        System.exit(0);
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
                "%12d %8d %14.1f %12.1f %8.1f %8.1f%n",
                perBatch,
                orders,
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
