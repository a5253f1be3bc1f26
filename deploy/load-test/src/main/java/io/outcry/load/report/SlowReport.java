package io.outcry.load.report;

import io.outcry.load.slow.SlowRun;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * The figures of a run under slow connections as they stand in its JSON file.
 *
 * @param connected slow connections at the end
 * @param ended how often the venue has ended one, which then came back
 * @param logins sign-ins by how they were answered
 * @param ratio of the orders' p99 during to that before
 */
public record SlowReport(
        String schema,
        int connections,
        int connected,
        long ended,
        SortedMap<String, Long> logins,
        double ratio,
        LoadReport before,
        LoadReport during) {
    private static final String SCHEMA = "outcry-load-slow/1";
    private static final double MOST = 2;

    public static SlowReport of(SlowRun.Result result, Map<String, String> labels) {
        LoadReport before = LoadReport.of(result.before(), labels);
        LoadReport during = LoadReport.of(result.during(), labels);
        double ratio =
                during.orders().latencyMs().p99()
                        / Math.max(0.001, before.orders().latencyMs().p99());
        return new SlowReport(
                SCHEMA,
                result.plan().connections(),
                result.connected(),
                result.ended(),
                result.logins(),
                Math.round(ratio * 100) / 100.0,
                before,
                during);
    }

    /** 0: every order was decided, p99 at most doubled, and somebody was slow. */
    public int exitCode() {
        if (connections > 0 && connected + ended == 0) {
            return Verdict.ERRORS;
        }
        int orders = Math.max(before.verdict().exitCode(), during.verdict().exitCode());
        return orders == Verdict.CLEAN && ratio > MOST ? Verdict.ERRORS : orders;
    }

    public void print(PrintWriter out) {
        line(
                out,
                "slow connections  %,d, at the end %,d; ended by the venue %,d times",
                connections,
                connected,
                ended);
        line(out, "sign-ins          %s", logins);
        orders(out, "before", before);
        orders(out, "during", during);
        line(out, "p99 during/before %.2f", ratio);
        out.flush();
    }

    private static void orders(PrintWriter out, String when, LoadReport report) {
        line(
                out,
                "orders %s     %,.0f requests/s, p50 %.2f ms, p99 %.2f ms, max %.2f ms",
                when,
                report.requestsPerSecond(),
                report.orders().latencyMs().p50(),
                report.orders().latencyMs().p99(),
                report.orders().latencyMs().max());
        report.verdict().reasons().forEach(reason -> line(out, "  not clean: %s", reason));
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.printf(Locale.ROOT, "  " + format + "%n", values);
    }
}
