package io.outcry.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A chart of a figure by the number of replicas, drawn as SVG. For one thread. */
final class Chart {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 300;
    private static final int LEFT = 62;
    private static final int BOTTOM = 46;
    private static final int TOP = 14;
    private static final int RIGHT = 14;
    private static final int STEPS = 5;
    private static final List<String> COLOURS =
            List.of("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df");

    private final StringBuilder svg = new StringBuilder();
    private final List<Integer> replicas;
    private final double top;

    private Chart(List<Integer> replicas, double top) {
        this.replicas = replicas;
        this.top = top;
    }

    /** One line for each series, with bars from the slowest to the fastest round if asked. */
    static String of(List<Series> all, ToDoubleFunction<Series.Point> figure, boolean bars) {
        List<Integer> replicas =
                all.stream()
                        .flatMap(series -> series.points().stream())
                        .map(Series.Point::replicas)
                        .distinct()
                        .sorted()
                        .toList();
        double top =
                all.stream()
                        .flatMap(series -> series.points().stream())
                        .mapToDouble(point -> bars ? point.high() : figure.applyAsDouble(point))
                        .max()
                        .orElse(1);
        Chart chart = new Chart(replicas, top <= 0 ? 1 : top * 1.05);
        chart.axes();
        for (int i = 0; i < all.size(); i++) {
            chart.line(all.get(i), COLOURS.get(i % COLOURS.size()), figure, bars);
        }
        return "<svg viewBox=\"0 0 %d %d\" role=\"img\">%s</svg>"
                .formatted(WIDTH, HEIGHT, chart.svg);
    }

    /** What the lines' colours stand for. */
    static String legend(List<Series> all) {
        StringBuilder legend = new StringBuilder();
        for (int i = 0; i < all.size(); i++) {
            legend.append(
                    "<span><i style=\"background:%s\"></i>%s</span> "
                            .formatted(
                                    COLOURS.get(i % COLOURS.size()), all.get(i).setting().title()));
        }
        return legend.toString();
    }

    private void axes() {
        for (int step = 0; step <= STEPS; step++) {
            double value = top * step / STEPS;
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" class=\"grid\"/>",
                            LEFT,
                            WIDTH - RIGHT,
                            y(value),
                            y(value)));
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                            LEFT - 6,
                            y(value) + 4,
                            label(value)));
        }
        for (int count : replicas) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
                            x(count),
                            HEIGHT - BOTTOM + 18,
                            count));
        }
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">replicas</text>",
                        (LEFT + WIDTH) / 2,
                        HEIGHT - 8));
    }

    private void line(
            Series series, String colour, ToDoubleFunction<Series.Point> figure, boolean bars) {
        StringBuilder path = new StringBuilder();
        for (Series.Point point : series.points()) {
            double x = x(point.replicas());
            double y = y(figure.applyAsDouble(point));
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>",
                            x,
                            y,
                            colour));
            if (bars) {
                svg.append(
                        String.format(
                                Locale.ROOT,
                                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
                                x,
                                x,
                                y(point.low()),
                                y(point.high()),
                                colour));
            }
        }
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
                        path,
                        colour));
    }

    /** Replicas double from step to step, and so have the same distance. */
    private double x(int count) {
        int index = replicas.indexOf(count);
        int gaps = Math.max(1, replicas.size() - 1);
        return LEFT + 24 + (double) index * (WIDTH - LEFT - RIGHT - 48) / gaps;
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);
    }

    private static String label(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
    }
}
