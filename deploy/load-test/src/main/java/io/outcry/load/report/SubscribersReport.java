package io.outcry.load.report;

import io.outcry.load.stream.SubscribersRun;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of a run with subscribers as they stand in its JSON file.
 *
 * @param deliveryMs from the engine's time of the oldest trade in a message to the message's
 *     arrival at a subscriber
 * @param lost subscribers, the frozen one left out, whose connection the server ended
 */
public record SubscribersReport(
        String schema,
        int subscribers,
        double deliveriesPerSecond,
        LatencyFigures deliveryMs,
        long resyncs,
        long lost,
        boolean frozenReaderCut,
        double mostHeapMib,
        EntryReport orders) {
    private static final String SCHEMA = "outcry-load-subscribers/2";
    private static final double MIB = 1024.0 * 1024.0;

    public static SubscribersReport of(SubscribersRun.Result result, Map<String, String> labels) {
        LatencyFigures delivery = LatencyFigures.of(result.delivery());
        double seconds = result.plan().duration().toMillis() / 1000.0;
        return new SubscribersReport(
                SCHEMA,
                result.plan().count(),
                Math.round(delivery.count() / seconds),
                delivery,
                result.resyncs(),
                result.lost(),
                result.frozenCut(),
                Math.round(result.mostHeapBytes() / MIB * 10) / 10.0,
                EntryReport.of(result.startedAt(), result.orders(), null, labels));
    }

    /** 0: every order was accepted, and no subscriber but the frozen one was cut. */
    public int exitCode() {
        boolean good = lost == 0 && frozenReaderCut && deliveryMs.count() > 0;
        return good ? orders.exitCode() : Verdict.ERRORS;
    }

    public void print(PrintWriter out) {
        line(out, "subscribers   %,d, and one that reads nothing", subscribers);
        line(
                out,
                "orders        %,.0f accepted/s %s, p50 %.2f ms, p99 %.2f ms",
                orders.ordersPerSecond(),
                orders.way().equals("rest") ? "in batches of " + orders.batch() : "by WebSocket",
                orders.latencyMs().p50(),
                orders.latencyMs().p99());
        line(out, "deliveries/s  %,.0f", deliveriesPerSecond);
        line(
                out,
                "delivery ms   p50 %.1f, p90 %.1f, p99 %.1f, max %.1f",
                deliveryMs.p50(),
                deliveryMs.p90(),
                deliveryMs.p99(),
                deliveryMs.max());
        line(out, "resyncs       %d, cut off %d", resyncs, lost);
        line(out, "frozen reader %s", frozenReaderCut ? "cut off" : "STILL CONNECTED");
        line(out, "replica heap  %.1f MiB at most", mostHeapMib);
        orders.notAccepted().forEach((code, count) -> line(out, "%-13s %,d", code, count));
        out.flush();
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.printf(Locale.ROOT, "  " + format + "%n", values);
    }
}
