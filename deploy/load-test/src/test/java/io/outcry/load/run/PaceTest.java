package io.outcry.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long START = 1_000;
    private static final long SECOND = 1_000_000_000;

    @Test
    void backToBackIsDueWhenTheClientIsFree() {
        Pace pace = Pace.backToBack();

        assertThat(pace.nextDue(5)).isEqualTo(5);
        assertThat(pace.nextDue(99)).isEqualTo(99);
    }

    @Test
    void aFixedRateDoesNotWaitForTheClient() {
        Pace pace = Pace.fixedRate(START, 10, 0, 1);

        assertThat(pace.nextDue(0)).isEqualTo(START);
        assertThat(pace.nextDue(50 * SECOND)).isEqualTo(START + SECOND / 10);
        assertThat(pace.nextDue(50 * SECOND)).isEqualTo(START + SECOND / 5);
    }

    @Test
    void clientsTakeTurnsSoThatAllTogetherKeepTheRate() {
        List<Long> dues = new ArrayList<>();
        for (int client = 0; client < 7; client++) {
            Pace pace = Pace.fixedRate(START, 700, client, 7);
            for (int order = 0; order < 100; order++) {
                dues.add(pace.nextDue(0));
            }
        }
        dues.sort(null);

        for (int order = 0; order < 700; order++) {
            assertThat(dues.get(order)).isEqualTo(START + order * SECOND / 700);
        }
    }

    @Test
    void aRateThatDividesNoSecondDoesNotDrift() {
        Pace pace = Pace.fixedRate(0, 3, 0, 1);
        long last = 0;
        for (int order = 0; order <= 3 * 86_400; order++) {
            last = pace.nextDue(0);
        }

        assertThat(last).isEqualTo(86_400 * SECOND);
    }
}
