package io.outcry.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether a claim holds by the data.
 *
 * @param holds empty when nothing was measured that could tell
 */
record Verdict(String claim, Optional<Boolean> holds, String reason) {
    private static final double LEAST_OF_BEST = 0.95;
    private static final double LINEAR_TO_FOUR = 3.6;

    /** A group of processes may use up a period's share that it was given just before. */
    private static final double CAP_TOLERANCE = 1.05;

    private static final double ORDERS_PER_SECOND = 12_000;
    private static final double USED_UP = 0.9;
    private static final String REPLICAS = "api";

    String word() {
        return holds.map(held -> held ? "holds" : "DOES NOT HOLD").orElse("not measured");
    }

    static List<Verdict> of(List<Series> all) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Series series : all) {
            if (series.setting().capped()) {
                verdicts.add(linear(series));
                verdicts.add(capHolds(series));
            } else {
                verdicts.add(noRegression(series));
                verdicts.add(fastEnough(series));
            }
            verdicts.add(clean(series));
            verdicts.add(limit(series));
        }
        return verdicts;
    }

    private static Verdict noRegression(Series series) {
        String claim = title(series, "2, 4 and 8 replicas never under 95 % of the best");
        List<Series.Point> several =
                series.points().stream().filter(point -> point.replicas() > 1).toList();
        Optional<Series.Point> worst =
                several.stream().min(Comparator.comparingDouble(Series.Point::ordersPerSecond));
        if (several.size() < 3) {
            return new Verdict(claim, Optional.empty(), "needs runs with 2, 4 and 8 replicas");
        }
        double share = worst.get().ordersPerSecond() / series.best();
        return new Verdict(
                claim,
                Optional.of(share >= LEAST_OF_BEST),
                text("%d replicas: %.1f %% of the best", worst.get().replicas(), 100 * share));
    }

    private static Verdict fastEnough(Series series) {
        return new Verdict(
                title(series, "12,000 orders/s or more"),
                Optional.of(series.best() >= ORDERS_PER_SECOND),
                text("the best is %,.0f orders/s", series.best()));
    }

    private static Verdict linear(Series series) {
        String claim = title(series, "4 replicas at least 3.6 times one");
        Optional<Series.Point> one = at(series, 1);
        Optional<Series.Point> four = at(series, 4);
        if (one.isEmpty() || four.isEmpty() || one.get().ordersPerSecond() == 0) {
            return new Verdict(claim, Optional.empty(), "needs runs with 1 and 4 replicas");
        }
        double ratio = four.get().ordersPerSecond() / one.get().ordersPerSecond();
        return new Verdict(claim, Optional.of(ratio >= LINEAR_TO_FOUR), text("%.2f times", ratio));
    }

    /** Without this, that a venue grows with its capped replicas would say nothing. */
    private static Verdict capHolds(Series series) {
        String claim = title(series, "no replica used more than its share");
        OptionalDouble most =
                series.points().stream()
                        .flatMapToDouble(point -> point.busiestReplica().stream())
                        .max();
        if (most.isEmpty()) {
            return new Verdict(claim, Optional.empty(), "what each replica used was not measured");
        }
        double cap = Double.parseDouble(series.setting().cap());
        return new Verdict(
                claim,
                Optional.of(most.getAsDouble() <= cap * CAP_TOLERANCE),
                text("the busiest used %.3f of a core", most.getAsDouble()));
    }

    private static Verdict clean(Series series) {
        long failed = series.points().stream().mapToLong(Series.Point::failed).sum();
        return new Verdict(
                title(series, "no registration and no order failed"),
                Optional.of(failed == 0),
                failed + " failed");
    }

    /**
     * What limits is known if it is used up: the capped replicas' shares, otherwise the machine.
     * Else something waits that processor time does not show.
     */
    private static Verdict limit(Series series) {
        boolean capped = series.setting().capped();
        String claim =
                title(
                        series,
                        "what limits is known: at the best, 90 % of "
                                + (capped ? "the replicas' shares" : "the machine")
                                + " are used");
        Series.Point best =
                series.points().stream()
                        .max(Comparator.comparingDouble(Series.Point::ordersPerSecond))
                        .orElseThrow();
        if (best.cpuShare().isEmpty()) {
            return new Verdict(claim, Optional.empty(), "processor time was not measured");
        }
        if (series.setting().environment().equals("cluster")) {
            return new Verdict(claim, Optional.empty(), "its processors are not counted");
        }
        double used =
                capped
                        ? best.cpuShare().getOrDefault(REPLICAS, 0.0)
                        : best.cpuShare().values().stream().mapToDouble(cores -> cores).sum();
        double there =
                capped
                        ? best.replicas() * Double.parseDouble(series.setting().cap())
                        : best.cores();
        return new Verdict(
                claim,
                Optional.of(used >= USED_UP * there),
                text(
                        "with %d replicas %.2f of %.2f cores; %s",
                        best.replicas(), used, there, shares(best)));
    }

    private static String shares(Series.Point point) {
        List<String> shares = new ArrayList<>();
        point.cpuShare().forEach((name, cores) -> shares.add(text("%s %.2f", name, cores)));
        return String.join(", ", shares);
    }

    private static Optional<Series.Point> at(Series series, int replicas) {
        return series.points().stream().filter(point -> point.replicas() == replicas).findFirst();
    }

    private static String title(Series series, String claim) {
        return series.setting().title() + ": " + claim;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
