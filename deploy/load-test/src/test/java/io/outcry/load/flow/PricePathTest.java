package io.outcry.load.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PricePathTest {
    private static final long REFERENCE = 15_000;

    @Test
    void movesTickByTickAndStaysWithinAPercent() {
        PricePath path = PricePath.moving(REFERENCE, 42);
        Set<Long> seen = new TreeSet<>();
        long before = path.ticksAt(0);
        for (long step = 1; step < 8192; step++) {
            long now = path.ticksAt(step * PricePath.STEP_NANOS);
            assertThat(Math.abs(now - before)).isLessThanOrEqualTo(1);
            assertThat(now).isBetween(REFERENCE - 150, REFERENCE + 150);
            seen.add(now);
            before = now;
        }

        assertThat(seen).hasSizeGreaterThan(20);
    }

    @Test
    void isTheSameForEveryoneWithTheSeed() {
        PricePath one = PricePath.moving(REFERENCE, 42);
        PricePath other = PricePath.moving(REFERENCE, 42);
        for (long step = 0; step < 20_000; step++) {
            long time = step * PricePath.STEP_NANOS + 17;
            assertThat(one.ticksAt(time)).isEqualTo(other.ticksAt(time));
        }
    }

    @Test
    void standsStillWhenItShould() {
        assertThat(PricePath.still(REFERENCE).ticksAt(0)).isEqualTo(REFERENCE);
        assertThat(PricePath.still(REFERENCE).ticksAt(Long.MAX_VALUE)).isEqualTo(REFERENCE);
    }
}
