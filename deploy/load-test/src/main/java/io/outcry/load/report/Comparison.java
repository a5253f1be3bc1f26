package io.outcry.load.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The venue next to the bare reference, run in turn on the same machine.
 *
 * @param ratio the venue's accepted orders per second over the bare server's, of all rounds
 *     together
 */
public record Comparison(
        String schema,
        double ratio,
        double bareOrdersPerSecond,
        double venueOrdersPerSecond,
        List<Round> rounds) {
    private static final String SCHEMA = "outcry-compare/1";
    private static final String ROW = "  %-8s %14s %14s %8s %12s %12s%n";

    /** One run of each, one after the other. */
    public record Round(LoadReport bare, LoadReport venue, double ratio) {
        static Round of(LoadReport bare, LoadReport venue) {
            return new Round(bare, venue, ratioOf(venue.ordersPerSecond(), bare.ordersPerSecond()));
        }
    }

    /** Sums up the rounds; runs of equal length weigh the same. */
    public static Comparison of(List<LoadReport> bare, List<LoadReport> venue) {
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < bare.size(); round++) {
            rounds.add(Round.of(bare.get(round), venue.get(round)));
        }
        double bareMean = mean(bare);
        double venueMean = mean(venue);
        return new Comparison(
                SCHEMA, ratioOf(venueMean, bareMean), bareMean, venueMean, List.copyOf(rounds));
    }

    /** The worst exit code of any run. */
    public int exitCode() {
        return rounds.stream()
                .mapToInt(
                        round ->
                                Math.max(
                                        round.bare().verdict().exitCode(),
                                        round.venue().verdict().exitCode()))
                .max()
                .orElse(Verdict.CLEAN);
    }

    public void print(PrintWriter out) {
        out.println();
        out.printf(
                ROW,
                "round",
                "bare orders/s",
                "venue orders/s",
                "ratio",
                "bare p99 ms",
                "venue p99 ms");
        for (int round = 0; round < rounds.size(); round++) {
            Round each = rounds.get(round);
            out.printf(
                    Locale.ROOT,
                    ROW,
                    round + 1,
                    whole(each.bare().ordersPerSecond()),
                    whole(each.venue().ordersPerSecond()),
                    percent(each.ratio()),
                    millis(each.bare()),
                    millis(each.venue()));
        }
        out.printf(
                Locale.ROOT,
                "%n  the venue reaches %s of the bare server behind the same nginx: %s of %s orders/s%n",
                percent(ratio),
                whole(venueOrdersPerSecond),
                whole(bareOrdersPerSecond));
        out.flush();
    }

    private static double mean(List<LoadReport> reports) {
        double mean = reports.stream().mapToDouble(LoadReport::ordersPerSecond).average().orElse(0);
        return Math.round(mean * 1000) / 1000.0;
    }

    private static double ratioOf(double venue, double bare) {
        return bare == 0 ? 0 : Math.round(venue / bare * 10_000) / 10_000.0;
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
    }

    private static String millis(LoadReport report) {
        return String.format(Locale.ROOT, "%,.3f", report.orders().latencyMs().p99());
    }
}
