package io.outcry.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
    private static final Scale CENTS = new Scale(2);

    @ParameterizedTest
    @CsvSource({
        "150,15000",
        "150.25,15025",
        "150.2,15020",
        "0.01,1",
        "-3.10,-310",
        "1.2500,125",
        "007,700"
    })
    void plainDecimalsBecomeUnits(String text, long units) {
        assertThat(CENTS.parse(text)).isEqualTo(units);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", ".", "1.", ".5", "1e5", "1E5", "+1", " 1", "1 ", "1,5", "NaN", "٣", "0x1",
                "1.2.3", "--1"
            })
    void anythingElseIsNotANumber(String text) {
        assertThatThrownBy(() -> CENTS.parse(text))
                .isInstanceOfSatisfying(
                        InvalidDecimalException.class,
                        e ->
                                assertThat(e.reason())
                                        .isEqualTo(InvalidDecimalException.Reason.NOT_A_NUMBER));
    }

    @Test
    void morePlacesThanTheScaleAreAnErrorAndNeverRounded() {
        assertThatThrownBy(() -> CENTS.parse("1.005"))
                .isInstanceOfSatisfying(
                        InvalidDecimalException.class,
                        e ->
                                assertThat(e.reason())
                                        .isEqualTo(InvalidDecimalException.Reason.TOO_PRECISE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "92233720368547758.08",
                "92233720368547758.09",
                "92233720368547760",
                "922337203685477581",
                "99999999999999999999",
                "-92233720368547758.09",
                "-99999999999999999999"
            })
    void whatDoesNotFitIsAnOverflow(String text) {
        assertThatThrownBy(() -> CENTS.parse(text))
                .isInstanceOfSatisfying(
                        InvalidDecimalException.class,
                        e ->
                                assertThat(e.reason())
                                        .isEqualTo(InvalidDecimalException.Reason.OVERFLOW));
    }

    @Test
    void theLargestUnitsSurviveTheWayThereAndBack() {
        assertThat(CENTS.parse(CENTS.format(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(CENTS.format(Long.MIN_VALUE)).isEqualTo("-92233720368547758.08");
        assertThat(CENTS.parse(CENTS.format(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void sumsPast64BitsAreWrittenInFull() {
        BigInteger most = BigInteger.valueOf(Long.MIN_VALUE);
        assertThat(CENTS.format(most.multiply(BigInteger.TEN))).isEqualTo("-922337203685477580.8");
        assertThat(CENTS.format(BigInteger.valueOf(-5))).isEqualTo("-0.05");
        assertThat(new Scale(0).format(most.negate())).isEqualTo("9223372036854775808");
    }

    @Test
    void formatAndParseAgreeWithBigDecimalOnRandomUnits() {
        long seed = 20261124L;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            Scale scale = new Scale(random.nextInt(Scale.MAX_PLACES + 1));
            long units = random.nextLong() >> random.nextInt(63);
            String text = scale.format(units);
            assertThat(new BigDecimal(text).movePointRight(scale.places()).longValueExact())
                    .as("seed %s step %s text %s", seed, i, text)
                    .isEqualTo(units);
            assertThat(scale.parse(text)).isEqualTo(units);
        }
    }
}
