package io.outcry.report;

import java.util.List;
import java.util.Locale;

/** The report as Markdown. */
final class Markdown {
    private Markdown() {}

    static String of(List<Series> all, List<Verdict> verdicts, String about) {
        StringBuilder text = new StringBuilder("# Scaling\n\n" + about + "\n\n## Verdicts\n\n");
        for (Verdict verdict : verdicts) {
            add(text, "- **%s** %s (%s)%n", verdict.word(), verdict.claim(), verdict.reason());
        }
        add(text, "%n## Figures%n%n| setting | replicas | orders/s, median | slowest–fastest |");
        add(text, " spread | p50 ms | p99 ms | failed | rounds |%n|---|--:|--:|--:|--:|--:|--:|");
        add(text, "--:|--:|%n");
        for (Series series : all) {
            for (Series.Point point : series.points()) {
                add(
                        text,
                        "| %s | %d | %,.0f | %,.0f–%,.0f | %.0f %% | %.2f | %.2f | %d | %d |%n",
                        series.setting().title(),
                        point.replicas(),
                        point.ordersPerSecond(),
                        point.low(),
                        point.high(),
                        100 * point.spread(),
                        point.p50Millis(),
                        point.p99Millis(),
                        point.failed(),
                        point.rounds());
            }
        }
        for (Original original : Original.FIGURES) {
            add(
                    text,
                    "| the original, other machine | %d | %,d | | | | | | 1 |%n",
                    original.backends(),
                    original.ordersPerSecond());
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
