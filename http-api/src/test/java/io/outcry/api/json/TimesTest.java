package io.outcry.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @Test
    void timesGoOutAsTheLibraryWritesThem() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long nanos = random.nextLong() & Long.MAX_VALUE;
            Instant instant = Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
            assertThat(Times.format(nanos)).as("seed %d", seed).isEqualTo(instant.toString());
            assertThat(Times.parse(Times.format(nanos))).as("seed %d", seed).isEqualTo(nanos);
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                -1,
                1,
                999_999_999,
                1_000_000_000,
                1_700_000_000_120_000_000L,
                1_700_000_000_000_120_000L,
                951_782_400_000_000_000L,
                4_107_542_399_999_999_999L,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void timesAtTheEdgesGoOutAsTheLibraryWritesThem(long nanos) {
        Instant instant =
                Instant.ofEpochSecond(
                        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
        assertThat(Times.format(nanos)).isEqualTo(instant.toString());
    }

    @Test
    void anyOffsetIsRead() {
        assertThat(Times.parse("2030-01-01T02:00:00.5+02:00"))
                .isEqualTo(Times.parse("2030-01-01T00:00:00.500Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tomorrow",
                "2030-01-01",
                "1969-01-01T00:00:00Z",
                "9999-01-01T00:00:00Z"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> Times.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
