package io.outcry.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProportionTest {

    @Test
    void sharesAreRoundedTowardZero() {
        assertThat(Proportion.of(100, 2, 3)).isEqualTo(66);
        assertThat(Proportion.of(-100, 2, 3)).isEqualTo(-66);
    }

    @Test
    void theWholeIsTheAmountItself() {
        assertThat(Proportion.of(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aPartOutsideTheWholeIsRefused() {
        assertThatThrownBy(() -> Proportion.of(1, 2, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Proportion.of(1, -1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Proportion.of(1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void amountsPast64BitsAreSharedAlike() {
        BigInteger amount = BigInteger.ONE.shiftLeft(100).negate();
        assertThat(Proportion.of(amount, 1, 3)).isEqualTo(amount.divide(BigInteger.valueOf(3)));
        assertThat(Proportion.of(amount, 5, 5)).isEqualTo(amount);
        assertThat(Proportion.of(BigInteger.TEN, 2, 3)).isEqualTo(BigInteger.valueOf(6));
        assertThatThrownBy(() -> Proportion.of(amount, 2, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomSharesAgreeWithUnlimitedIntegers() {
        long seed = 8_831L;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            long amount = random.nextLong() >> random.nextInt(63);
            long whole = 1 + (random.nextLong() >>> (1 + random.nextInt(62))) / 2;
            long part = (long) (random.nextDouble() * whole);
            assertThat(Proportion.of(amount, part, whole))
                    .as("seed %s step %s: %s * %s / %s", seed, i, amount, part, whole)
                    .isEqualTo(
                            BigInteger.valueOf(amount)
                                    .multiply(BigInteger.valueOf(part))
                                    .divide(BigInteger.valueOf(whole))
                                    .longValueExact());
        }
    }
}
