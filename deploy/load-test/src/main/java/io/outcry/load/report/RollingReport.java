package io.outcry.load.report;

import io.outcry.load.rolling.RollingRun;
import io.outcry.load.rolling.RollingRun.Followed;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * The figures of rolling restarts as they stand in its JSON file.
 *
 * @param mostPerSecond what the venue took back to back before; 0: that was not asked
 * @param restartSeconds how long each restart of all replicas took
 */
public record RollingReport(
        String schema,
        String command,
        double mostPerSecond,
        long ratePerSecond,
        List<Double> restartSeconds,
        List<Followed> followers,
        LoadReport orders) {
    private static final String SCHEMA = "outcry-load-rolling/1";

    public static RollingReport of(RollingRun.Result result, Map<String, String> labels) {
        return new RollingReport(
                SCHEMA,
                result.plan().restart(),
                Math.round(result.mostPerSecond()),
                result.rate(),
                result.restartSeconds(),
                result.followed(),
                LoadReport.of(result.orders(), labels));
    }

    /** 0: every order was decided, and every follower was told everything once. */
    public int exitCode() {
        boolean good =
                followers.stream()
                        .allMatch(each -> each.missed() + each.unlisted() + each.repeated() == 0);
        return good ? orders.verdict().exitCode() : Verdict.ERRORS;
    }

    public void print(PrintWriter out) {
        double longest = restartSeconds.stream().mapToDouble(each -> each).max().orElse(0);
        if (mostPerSecond > 0) {
            line(out, "back to back     %,.0f requests/s", mostPerSecond);
        }
        line(
                out,
                "restarts         %d of all replicas, %.1f s at most",
                restartSeconds.size(),
                longest);
        line(
                out,
                "requests         %,d at %,d/s over %.0f s",
                orders.orders().sent() + orders.cancels().sent(),
                ratePerSecond,
                orders.elapsedSeconds());
        line(
                out,
                "not decided      %,d",
                orders.orders().errors()
                        + orders.orders().refused()
                        + orders.cancels().errors()
                        + orders.cancels().refused());
        line(
                out,
                "order ms         p50 %.1f, p99 %.1f, max %.1f",
                orders.orders().latencyMs().p50(),
                orders.orders().latencyMs().p99(),
                orders.orders().latencyMs().max());
        line(
                out,
                "followers        %d, told %,d events, connected anew %d times, snapshots %d",
                followers.size(),
                sum(Followed::events),
                sum(Followed::interruptions),
                sum(Followed::snapshots));
        line(
                out,
                "missed           %d, told twice %d, told and not listed %d",
                sum(Followed::missed),
                sum(Followed::repeated),
                sum(Followed::unlisted));
        followers.stream()
                .map(Followed::firstDifference)
                .filter(Objects::nonNull)
                .forEach(difference -> line(out, "                 %s", difference));
        orders.verdict().reasons().forEach(reason -> line(out, "not clean        %s", reason));
        out.flush();
    }

    private long sum(ToLongFunction<Followed> figure) {
        return followers.stream().mapToLong(figure).sum();
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.printf(Locale.ROOT, "  " + format + "%n", values);
    }
}
