package io.outcry.engineclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Silence silence = new Silence(Duration.ofSeconds(2), 0);
    private long now;

    @Test
    void isNoticedAtTheLimit() {
        assertThat(ticks(39)).isFalse();
        assertThat(ticks(1)).isTrue();
        assertThat(silence).hasToString("silent for 2000 ms");
    }

    @Test
    void beginsAnewWithEachWord() {
        assertThat(ticks(39)).isFalse();
        silence.ended(now);
        assertThat(ticks(39)).isFalse();
        assertThat(ticks(1)).isTrue();
    }

    @Test
    void doesNotCountWhileNobodyListened() {
        now += 10 * SECOND;
        assertThat(silence.tick(now)).isFalse();
        assertThat(ticks(37)).isFalse();
        assertThat(ticks(1)).isTrue();
    }

    /** Ticks at their interval, and says whether the last one found the limit reached. */
    private boolean ticks(int count) {
        boolean reached = false;
        for (int i = 0; i < count; i++) {
            now += Silence.TICK_NANOS;
            reached = silence.tick(now);
        }
        return reached;
    }
}
