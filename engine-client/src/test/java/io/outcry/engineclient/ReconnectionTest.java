package io.outcry.engineclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconnectionTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Random random = new Random(5);
    private final Reconnection reconnection = new Reconnection("it", random, 0);

    @Test
    void theFirstRetriesAreQuick() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(reconnection.delayNanos(SECOND / 10, "refused"))
                    .isBetween(0L, Reconnection.MIN_CEILING_NANOS);
        }
    }

    @Test
    void aRetryProlongsAnOutageByAQuarterAtMost() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(reconnection.delayNanos(2 * SECOND, "refused")).isBetween(0L, SECOND / 2);
        }
    }

    @Test
    void aLongOutageIsLookedAtEveryTwoSecondsAtLeast() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(reconnection.delayNanos(3_600 * SECOND, "refused"))
                    .isBetween(0L, Reconnection.MAX_CEILING_NANOS);
        }
    }

    @Test
    void delaysAreSpreadOverTheirWholeRange() {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 1_000; i++) {
            long delay = reconnection.delayNanos(4 * SECOND, "refused");
            least = Math.min(least, delay);
            most = Math.max(most, delay);
        }
        assertThat(least).isLessThan(SECOND / 20);
        assertThat(most).isGreaterThan(SECOND - SECOND / 20);
    }

    @Test
    void aConnectionThatHeldStartsANewOutage() {
        reconnection.connected(100 * SECOND);

        assertThat(reconnection.delayNanos(102 * SECOND, "lost"))
                .isLessThan(Reconnection.MIN_CEILING_NANOS);
    }

    @Test
    void aConnectionThatBreaksAtOnceIsPartOfTheOutage() {
        long most = 0;
        for (int i = 0; i < 100; i++) {
            reconnection.connected(100 * SECOND);
            most = Math.max(most, reconnection.delayNanos(100 * SECOND + 1, "lost"));
        }
        assertThat(most).isGreaterThan(SECOND);
    }
}
