package io.outcry.load.report;

import io.outcry.load.report.LoadReport.RegistrationFigures;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a run was clean.
 *
 * @param exitCode of the command: {@link #CLEAN}, {@link #ERRORS} or {@link #REGISTRATIONS_FAILED}
 * @param reasons why not, empty for a clean run
 */
public record Verdict(int exitCode, List<String> reasons) {
    public static final int CLEAN = 0;

    /** Orders or cancels were refused, failed, or ended with an unknown outcome. */
    public static final int ERRORS = 1;

    public static final int REGISTRATIONS_FAILED = 3;

    static Verdict of(
            RegistrationFigures registrations,
            RequestFigures warmup,
            RequestFigures orders,
            RequestFigures cancels) {
        List<String> reasons = new ArrayList<>();
        if (registrations.failed() > 0) {
            reasons.add(registrations.failed() + " registrations failed");
        }
        explain(reasons, "orders", orders);
        explain(reasons, "cancels", cancels);
        explain(reasons, "requests of the warm-up", warmup);
        int exitCode =
                reasons.isEmpty()
                        ? CLEAN
                        : registrations.failed() > 0 ? REGISTRATIONS_FAILED : ERRORS;
        return new Verdict(exitCode, List.copyOf(reasons));
    }

    private static void explain(List<String> reasons, String what, RequestFigures figures) {
        if (figures.errors() > 0) {
            reasons.add(figures.errors() + " " + what + " ended in an error");
        }
        if (figures.refused() > 0) {
            reasons.add(figures.refused() + " " + what + " were refused");
        }
    }
}
