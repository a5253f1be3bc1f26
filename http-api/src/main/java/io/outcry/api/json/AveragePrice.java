package io.outcry.api.json;

import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.money.Scale;
import java.math.BigDecimal;
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
        if (quantity == 0) {
            return null;
        }
        int cashPlaces = instrument.cashScale().places();
        int quantityPlaces = instrument.quantityScale().places();
        if (cash % quantity == 0) {
            return new Scale(cashPlaces - quantityPlaces).format(cash / quantity);
        }
        return BigDecimal.valueOf(cash, cashPlaces)
                .divide(
                        BigDecimal.valueOf(quantity, quantityPlaces),
                        instrument.priceScale().places() + EXTRA_PLACES,
                        RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
