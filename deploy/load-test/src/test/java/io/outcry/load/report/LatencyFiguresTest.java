package io.outcry.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyFiguresTest {
    @Test
    void turnsNanosecondsIntoMilliseconds() {
        Histogram histogram = new Histogram(3);
        for (int millis = 1; millis <= 1_000; millis++) {
            histogram.recordValue(millis * 1_000_000L);
        }

        LatencyFigures figures = LatencyFigures.of(histogram);

        assertThat(figures.count()).isEqualTo(1_000);
        assertThat(figures.mean()).isCloseTo(500.5, within(0.5));
        assertThat(figures.p50()).isCloseTo(500, within(0.5));
        assertThat(figures.p90()).isCloseTo(900, within(1.0));
        assertThat(figures.p99()).isCloseTo(990, within(1.0));
        assertThat(figures.p999()).isCloseTo(999, within(1.0));
        assertThat(figures.max()).isCloseTo(1_000, within(1.0));
    }

    @Test
    void knowsNothingOfAnEmptyHistogram() {
        assertThat(LatencyFigures.of(new Histogram(3)))
                .isEqualTo(new LatencyFigures(0, 0, 0, 0, 0, 0, 0));
    }
}
