package io.outcry.api.json;

import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.money.Scale;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a unit has cost on average, for display: rounded half up past four more places than prices.
 */
public final class AveragePrice {
    private static final int EXTRA_PLACES = 4;

    private AveragePrice() {}

    /**
     * The average as a plain decimal, or null when there is no quantity.
     *
     * @param cash in cash units
     * @param quantity in quantity units
     */
    public static @Nullable String of(long cash, long quantity, Instrument instrument) {
        return quantity != 0 && cash % quantity == 0
                ? exactScale(instrument).format(cash / quantity)
                : of(BigInteger.valueOf(cash), quantity, instrument);
    }

    /** The same of cash that may exceed 64 bits. */
    public static @Nullable String of(BigInteger cash, long quantity, Instrument instrument) {
        if (quantity == 0) {
            return null;
        }
        BigInteger[] average = cash.divideAndRemainder(BigInteger.valueOf(quantity));
        if (average[1].signum() == 0) {
            return exactScale(instrument).format(average[0]);
        }
        return new BigDecimal(cash, instrument.cashScale().places())
                .divide(
                        BigDecimal.valueOf(quantity, instrument.quantityScale().places()),
                        instrument.priceScale().places() + EXTRA_PLACES,
                        RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Scale exactScale(Instrument instrument) {
        return new Scale(instrument.cashScale().places() - instrument.quantityScale().places());
    }
}
