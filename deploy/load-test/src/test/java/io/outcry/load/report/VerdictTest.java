package io.outcry.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.load.report.LoadReport.RegistrationFigures;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final SortedMap<String, Long> NONE = new TreeMap<>();
    private static final LatencyFigures NO_LATENCY = new LatencyFigures(0, 0, 0, 0, 0, 0, 0);
    private static final RequestFigures CLEAN = figures(0, 0);

    @Test
    void isCleanWithoutRefusalsErrorsAndFailedRegistrations() {
        Verdict verdict = Verdict.of(registrations(0), CLEAN, CLEAN, CLEAN);

        assertThat(verdict.exitCode()).isEqualTo(Verdict.CLEAN);
        assertThat(verdict.reasons()).isEmpty();
    }

    @Test
    void saysWhatWasNotClean() {
        Verdict verdict = Verdict.of(registrations(0), figures(0, 1), figures(3, 0), figures(0, 2));

        assertThat(verdict.exitCode()).isEqualTo(Verdict.ERRORS);
        assertThat(verdict.reasons())
                .containsExactly(
                        "3 orders ended in an error",
                        "2 cancels were refused",
                        "1 requests of the warm-up were refused");
    }

    @Test
    void putsFailedRegistrationsFirst() {
        Verdict verdict = Verdict.of(registrations(5), CLEAN, figures(3, 0), CLEAN);

        assertThat(verdict.exitCode()).isEqualTo(Verdict.REGISTRATIONS_FAILED);
        assertThat(verdict.reasons())
                .containsExactly("5 registrations failed", "3 orders ended in an error");
    }

    private static RegistrationFigures registrations(long failed) {
        return new RegistrationFigures(40, 40, failed, NONE, 1, NO_LATENCY);
    }

    private static RequestFigures figures(long errors, long refused) {
        return new RequestFigures(
                10,
                10,
                NONE,
                0,
                NONE,
                refused,
                NONE,
                errors,
                NONE,
                0,
                0,
                0,
                NONE,
                NO_LATENCY,
                null,
                null);
    }
}
