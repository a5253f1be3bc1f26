package io.outcry.report;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The report as one page that needs nothing else. */
final class HtmlPage {
    private static final String STYLE =
            """
            body{font:15px/1.5 system-ui,sans-serif;max-width:1180px;margin:2em auto;padding:0 1em;color:#1f2328}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
            td,th{border-bottom:1px solid #d0d7de;padding:.3em .6em;text-align:right}
            td:first-child,th:first-child{text-align:left}
            .charts{display:grid;grid-template-columns:1fr 1fr;gap:1.5em} svg{width:100%;font-size:12px}
            .grid{stroke:#d8dee4} .legend i{display:inline-block;width:.9em;height:.9em;margin:0 .4em -.1em 1em}
            .good{color:#1a7f37} .bad{color:#d1242f;font-weight:600} .none{color:#9a6700}
            @media(max-width:800px){.charts{grid-template-columns:1fr}}
            """;

    private HtmlPage() {}

    static String of(List<Series> all, List<Verdict> verdicts, String about) {
        StringBuilder page = new StringBuilder();
        page.append(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Outcry: scaling");
        page.append("</title><style>").append(STYLE).append("</style><h1>Scaling</h1><p>");
        page.append(escaped(about)).append("</p><h2>Verdicts</h2><ul>");
        for (Verdict verdict : verdicts) {
            page.append(verdict(verdict));
        }
        page.append("</ul><p class=\"legend\">").append(Chart.legend(all)).append("</p>");
        page.append("<div class=\"charts\">");
        chart(page, "Orders/s, with the slowest and fastest round", all, true);
        page.append("<figure><figcaption>Latency p99, ms</figcaption>");
        page.append(Chart.of(all, Series.Point::p99Millis, false)).append("</figure>");
        page.append("<figure><figcaption>Latency p50, ms</figcaption>");
        page.append(Chart.of(all, Series.Point::p50Millis, false)).append("</figure>");
        page.append("<figure><figcaption>Spread between rounds, share of the median</figcaption>");
        page.append(Chart.of(all, Series.Point::spread, false)).append("</figure></div>");
        page.append("<h2>Processor time by component, in cores</h2>").append(cpu(all));
        page.append("<h2>The system that this one starts from</h2><p>").append(original());
        return page.append("</p></html>\n").toString();
    }

    private static void chart(StringBuilder page, String title, List<Series> all, boolean bars) {
        page.append("<figure><figcaption>").append(title).append("</figcaption>");
        page.append(Chart.of(all, Series.Point::ordersPerSecond, bars)).append("</figure>");
    }

    private static String verdict(Verdict verdict) {
        String style = verdict.holds().map(held -> held ? "good" : "bad").orElse("none");
        return "<li><span class=\"%s\">%s</span> %s (%s)"
                .formatted(
                        style, verdict.word(), escaped(verdict.claim()), escaped(verdict.reason()));
    }

    private static String cpu(List<Series> all) {
        TreeSet<String> components = new TreeSet<>();
        all.forEach(
                series ->
                        series.points()
                                .forEach(point -> components.addAll(point.cpuShare().keySet())));
        StringBuilder table = new StringBuilder("<table><tr><th>setting<th>replicas<th>orders/s");
        components.forEach(name -> table.append("<th>").append(name));
        for (Series series : all) {
            for (Series.Point point : series.points()) {
                table.append("<tr><td>").append(escaped(series.setting().title()));
                table.append(text("<td>%d<td>%,.0f", point.replicas(), point.ordersPerSecond()));
                for (String name : components) {
                    table.append(text("<td>%.2f", point.cpuShare().getOrDefault(name, 0.0)));
                }
            }
        }
        return table.append("</table>").toString();
    }

    private static String original() {
        StringBuilder text = new StringBuilder("40 clients, 60 s, on four faster cores:");
        for (Original original : Original.FIGURES) {
            text.append(
                    text(
                            " %d backends %,d orders/s;",
                            original.backends(), original.ordersPerSecond()));
        }
        return text.append(" its backends queued on one database.").toString();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
