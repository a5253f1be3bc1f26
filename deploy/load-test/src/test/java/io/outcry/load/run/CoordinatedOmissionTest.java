package io.outcry.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.load.report.LoadReport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The venue stands still for one second of a run of three. A third of the orders that were due must
 * show it, however few were under way at that moment.
 */
class CoordinatedOmissionTest {
    private static final Duration STALL = Duration.ofSeconds(1);
    private static final Duration RUN = Duration.ofSeconds(3);
    private static final long RATE = 200;

    private final FakeVenue venue = new FakeVenue();
    private final AtomicLong stalledUntil = new AtomicLong(Long.MIN_VALUE);
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        venue.close();
    }

    @Test
    void aFixedRateShowsTheStallInEveryOrderThatWasDue() throws Exception {
        stallAt(100);

        LoadReport report = run(RATE);

        assertThat(report.orders().sent() + report.orders().unsent())
                .isEqualTo(RATE * RUN.toSeconds());
        assertThat(report.orders().latencyMs().p90()).isGreaterThan(500);
        assertThat(report.orders().latencyMs().max()).isGreaterThan(900);
        assertThat(report.orders().startDelayMs()).isNotNull();
        assertThat(report.orders().startDelayMs().p90()).isGreaterThan(400);
    }

    @Test
    void backToBackShowsItOnlyInTheOrdersThatWereUnderWay() throws Exception {
        stallAt(100);

        LoadReport report = run(0);

        assertThat(report.orders().latencyMs().max()).isGreaterThan(900);
        assertThat(report.orders().latencyMs().p50()).isLessThan(300);
    }

    @Test
    void whatCouldNotBeSentInTimeIsCountedWithItsWait() throws Exception {
        venue.onOrder =
                (context, number, normally) -> {
                    boolean unused = never.await(400, TimeUnit.MILLISECONDS);
                    normally.run();
                };

        LoadReport report = run(RATE);

        assertThat(report.orders().unsent()).isGreaterThan(400);
        assertThat(report.orders().undecidedLatencyMs()).isNotNull();
        assertThat(report.orders().undecidedLatencyMs().count())
                .isEqualTo(report.orders().unsent());
        assertThat(report.orders().undecidedLatencyMs().max()).isGreaterThan(2_000);
    }

    private void stallAt(int order) {
        venue.onOrder =
                (context, number, normally) -> {
                    if (number == order) {
                        stalledUntil.set(System.nanoTime() + STALL.toNanos());
                    }
                    long wait = stalledUntil.get() - System.nanoTime();
                    if (stalledUntil.get() != Long.MIN_VALUE && wait > 0) {
                        boolean unused = never.await(wait, TimeUnit.NANOSECONDS);
                    }
                    normally.run();
                };
    }

    private LoadReport run(long rate) throws Exception {
        RunResult result =
                ShortRun.against(
                        venue,
                        run -> {
                            run.rate = rate;
                            run.orders = Integer.MAX_VALUE;
                            run.duration = RUN;
                        });
        return LoadReport.of(result, Map.of());
    }
}
