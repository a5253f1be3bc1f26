package io.outcry.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.load.report.LoadReport;
import io.outcry.load.report.RequestFigures;
import io.outcry.load.report.Verdict;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final FakeVenue venue = new FakeVenue();

    @AfterEach
    void close() {
        venue.close();
    }

    /** The worst case: the order was executed, and the client cannot know. */
    @Test
    void resolvesOrdersWhoseAnswerWasLostWithoutExecutingThemTwice() throws Exception {
        venue.onOrder =
                (context, number, normally) -> {
                    normally.run();
                    if (number % 5 == 0) {
                        context.result("");
                        FakeVenue.closeMidAnswer(context);
                    }
                };

        RequestFigures orders = run().orders();

        assertThat(orders.retriesByReason()).containsOnlyKeys("closed_mid_answer");
        assertThat(orders.retries()).isPositive();
        assertThat(orders.errors()).isZero();
        assertThat(orders.accepted()).isEqualTo(orders.sent()).isEqualTo(venue.executed().size());
        assertThat(venue.placements()).isEqualTo((int) (orders.sent() + orders.retries()));
    }

    @Test
    void sendsAgainWhatWasRefusedOrIsUnknown() throws Exception {
        venue.onOrder =
                (context, number, normally) -> {
                    switch (number % 10) {
                        case 3 -> FakeVenue.problem(context, 503, "OVERLOADED");
                        case 6 -> FakeVenue.problem(context, 504, "ORDER_STATUS_UNKNOWN");
                        case 9 -> FakeVenue.problem(context, 429, "RATE_LIMITED");
                        default -> normally.run();
                    }
                };

        LoadReport report = run();

        assertThat(report.orders().retriesByReason())
                .containsOnlyKeys("OVERLOADED", "http_504 ORDER_STATUS_UNKNOWN", "RATE_LIMITED");
        assertThat(report.orders().accepted()).isEqualTo(venue.executed().size());
        assertThat(report.verdict().exitCode()).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void doesNotSendAgainWhatTheVenueDecided() throws Exception {
        venue.onOrder =
                (context, number, normally) ->
                        FakeVenue.problem(context, 422, "INSUFFICIENT_FUNDS");

        RequestFigures orders = run().orders();

        assertThat(orders.retries()).isZero();
        assertThat(orders.rejected()).isEqualTo(orders.sent()).isEqualTo(venue.placements());
    }

    @Test
    void givesUpWhenTheTimeForItIsOver() throws Exception {
        venue.onOrder =
                (context, number, normally) ->
                        FakeVenue.problem(context, 504, "ORDER_STATUS_UNKNOWN");

        RunResult result =
                ShortRun.against(
                        venue,
                        run -> {
                            run.retry = true;
                            run.orders = 20;
                            run.retryFor = Duration.ofMillis(200);
                        });
        LoadReport report = LoadReport.of(result, Map.of());

        assertThat(report.orders().errors()).isEqualTo(report.orders().sent()).isPositive();
        assertThat(report.orders().unknown()).isEqualTo(report.orders().errors());
        assertThat(report.orders().retries()).isPositive();
        assertThat(report.verdict().exitCode()).isEqualTo(Verdict.ERRORS);
    }

    private LoadReport run() throws Exception {
        return LoadReport.of(ShortRun.against(venue, run -> run.retry = true), Map.of());
    }
}
