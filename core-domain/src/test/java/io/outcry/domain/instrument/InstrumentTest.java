package io.outcry.domain.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.domain.money.Scale;
import org.junit.jupiter.api.Test;

class InstrumentTest {

    @Test
    void aNotionalIsExactInCashUnits() {
        Instrument bitcoin = instrument(2, 5, 8);

        assertThat(bitcoin.notional(6_543_210, 150_000)).isEqualTo(9_814_815_000_000L);
        assertThat(bitcoin.notional(6_543_210, -150_000)).isEqualTo(-9_814_815_000_000L);
    }

    @Test
    void aNotionalThatDoesNotFitIsAnErrorAndNeverWraps() {
        assertThatThrownBy(() -> instrument(2, 5, 8).notional(Long.MAX_VALUE / 9, 1))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void cashMustCarryThePlacesOfPriceAndQuantityTogether() {
        assertThatThrownBy(() -> instrument(2, 5, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cashScale");
    }

    private static Instrument instrument(int price, int quantity, int cash) {
        return new Instrument(
                new Symbol("BTC-USD"),
                new Currency("USD"),
                new Scale(price),
                new Scale(quantity),
                new Scale(cash),
                1,
                1,
                1_000_000_000,
                0,
                0,
                0,
                0,
                0,
                InstrumentStatus.OPEN,
                0);
    }
}
