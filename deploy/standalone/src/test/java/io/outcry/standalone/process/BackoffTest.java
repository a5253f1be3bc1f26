package io.outcry.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(1);
    private static final Duration LONG_LIFE = Duration.ofMinutes(1);

    @Test
    void startsAgainAtOnceThenWaitsLongerUpToFiveSeconds() {
        Backoff backoff = new Backoff();
        List<Long> pausesMs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            pausesMs.add(backoff.after(SHORT_LIFE).toMillis());
        }
        assertThat(pausesMs)
                .containsExactly(0L, 100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
    }

    @Test
    void forgetsEarlierCrashesOfAProcessThatLivedLong() {
        Backoff backoff = new Backoff();
        backoff.after(SHORT_LIFE);
        backoff.after(SHORT_LIFE);
        assertThat(backoff.after(LONG_LIFE)).isZero();
    }
}
