package io.outcry.load.report;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Prints a report for people. */
public final class ReportTable {
    private static final String ROW = "  %-22s %10s %9s %9s %9s %9s %9s %9s%n";

    private final PrintWriter out;

    public ReportTable(PrintWriter out) {
        this.out = out;
    }

    public void print(LoadReport report) {
        LoadReport.SettingsFigures settings = report.settings();
        String pace =
                settings.ratePerSecond() == 0
                        ? "back to back"
                        : whole(settings.ratePerSecond()) + " orders/s in all";
        line(
                "%n%s flow, %d clients, %s, %.1f s after %.1f s of warm-up, %s",
                settings.mix(),
                settings.clients(),
                pace,
                report.elapsedSeconds(),
                settings.warmupSeconds(),
                settings.target());
        printRegistrations(report.registrations());
        printRequests("orders", report.orders());
        if (report.cancels().sent() > 0) {
            printRequests("cancels", report.cancels());
        }
        line("");
        line("  %s accepted orders/s", whole(Math.round(report.ordersPerSecond())));
        if (report.cancels().sent() > 0) {
            line(
                    "  %s requests/s decided, cancels included",
                    whole(Math.round(report.requestsPerSecond())));
        }
        printLatencies(report);
        printPlace(report);
        printVerdict(report.verdict());
        out.flush();
    }

    private void printRegistrations(LoadReport.RegistrationFigures registrations) {
        line(
                "  registrations: %d of %d in %.2f s%s",
                registrations.succeeded(),
                registrations.attempted(),
                registrations.elapsedSeconds(),
                labels(", failed: ", registrations.failuresByKind()));
    }

    private void printRequests(String what, RequestFigures figures) {
        line(
                "  %s: %s sent, %s accepted, %s rejected, %s refused, %s errors",
                what,
                whole(figures.sent()),
                whole(figures.accepted()),
                whole(figures.rejected()),
                whole(figures.refused()),
                whole(figures.errors()));
        printLabels("accepted", figures.acceptedByStatus());
        printLabels("rejected", figures.rejectedByCode());
        printLabels("refused", figures.refusedByCode());
        printLabels("errors", figures.errorsByKind());
        printLabels("tried again", figures.retriesByReason());
        if (figures.unsent() > 0) {
            line("    due, yet not sent in time: %s", whole(figures.unsent()));
        }
    }

    private void printLatencies(LoadReport report) {
        line("");
        out.printf(
                Locale.ROOT,
                ROW,
                "milliseconds",
                "count",
                "mean",
                "p50",
                "p90",
                "p99",
                "p99.9",
                "max");
        printLatency("orders", report.orders().latencyMs());
        printLatency("orders undecided", report.orders().undecidedLatencyMs());
        printLatency("orders due to sent", report.orders().startDelayMs());
        if (report.cancels().sent() > 0) {
            printLatency("cancels", report.cancels().latencyMs());
            printLatency("cancels undecided", report.cancels().undecidedLatencyMs());
        }
        printLatency("registrations", report.registrations().latencyMs());
        line("");
    }

    private void printLatency(String what, @Nullable LatencyFigures figures) {
        if (figures != null) {
            out.printf(
                    Locale.ROOT,
                    ROW,
                    what,
                    whole(figures.count()),
                    millis(figures.mean()),
                    millis(figures.p50()),
                    millis(figures.p90()),
                    millis(figures.p99()),
                    millis(figures.p999()),
                    millis(figures.max()));
        }
    }

    private void printPlace(LoadReport report) {
        Environment environment = report.environment();
        line(
                "  %d cores%s, %s, %s%s",
                environment.cores(),
                environment.cpu() == null ? "" : " " + environment.cpu(),
                environment.os(),
                environment.java(),
                environment.commit() == null ? "" : ", commit " + environment.commit());
        line(
                "  the generator itself used %.1f us of CPU per request",
                report.generator().cpuMicrosPerRequest());
    }

    private void printVerdict(Verdict verdict) {
        line(
                "  %s",
                verdict.reasons().isEmpty()
                        ? "clean: every registration and every order was decided"
                        : "NOT CLEAN: " + String.join("; ", verdict.reasons()));
    }

    private void printLabels(String what, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            line("    %s", labels(what + ": ", counts));
        }
    }

    private static String labels(String before, Map<String, Long> counts) {
        StringJoiner joined = new StringJoiner(", ", before, "").setEmptyValue("");
        counts.forEach((label, count) -> joined.add(label + " " + whole(count)));
        return joined.toString();
    }

    private static String whole(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%,.3f", millis);
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
