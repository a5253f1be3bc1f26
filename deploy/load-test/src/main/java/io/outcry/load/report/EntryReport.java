package io.outcry.load.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.load.entry.EntryRun;
import io.outcry.load.entry.EntryTally;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a bulk entry as they stand in its JSON file.
 *
 * @param latencyMs of a request, or of an order by WebSocket
 */
public record EntryReport(
        String schema,
        Instant startedAt,
        Environment environment,
        String target,
        String way,
        int clients,
        int batch,
        double seconds,
        double ordersPerSecond,
        long accepted,
        SortedMap<String, Long> notAccepted,
        LatencyFigures latencyMs,
        double generatorCpuSeconds) {
    private static final String SCHEMA = "outcry-load-entry/1";

    public static EntryReport of(
            Instant startedAt,
            EntryRun.Result result,
            @Nullable JsonNode health,
            Map<String, String> labels) {
        EntryRun.Plan plan = result.plan();
        EntryTally tally = result.tally();
        return new EntryReport(
                SCHEMA,
                startedAt,
                Environment.here(health, labels),
                plan.target().toString(),
                plan.way().name().toLowerCase(Locale.ROOT),
                plan.clients(),
                plan.batch(),
                rounded(result.seconds()),
                rounded(tally.accepted() / result.seconds()),
                tally.accepted(),
                tally.others(),
                LatencyFigures.of(tally.latency()),
                rounded(result.cpuSeconds()));
    }

    /** 0: every order was accepted. */
    public int exitCode() {
        return notAccepted.isEmpty() ? Verdict.CLEAN : Verdict.ERRORS;
    }

    public void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%n  %s, %d clients, %d orders %s%n",
                way,
                clients,
                batch,
                way.equals("rest") ? "in a request" : "under way each");
        out.printf(Locale.ROOT, "  orders/s      %,14.0f over %.1f s%n", ordersPerSecond, seconds);
        out.printf(Locale.ROOT, "  accepted      %,14d%n", accepted);
        notAccepted.forEach((label, count) -> out.printf("  %-13s %,14d%n", label, count));
        out.printf(
                Locale.ROOT,
                "  latency ms    p50 %.2f, p99 %.2f, p99.9 %.2f, max %.2f%n",
                latencyMs.p50(),
                latencyMs.p99(),
                latencyMs.p999(),
                latencyMs.max());
        out.printf(Locale.ROOT, "  generator     %.1f s of processor time%n", generatorCpuSeconds);
        out.flush();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
