package io.outcry.domain.instrument;

import io.outcry.domain.money.Scale;
import java.math.BigInteger;

/**
 * The terms of an instrument. Prices count units of {@code priceScale}, quantities of {@code
 * quantityScale}, cash of {@code cashScale}.
 *
 * @param cashScale at least the places of price and quantity together, so that a notional is exact
 * @param tick smallest step of a price, above 0
 * @param lot smallest step of a quantity, above 0
 * @param maxQuantity of one order, above 0
 * @param maxNotional of one order in cash units; 0: none
 * @param referencePrice what a price band is measured from before the first trade; 0: none
 * @param bandPpm width of the price band in parts per million of the reference; 0: off
 * @param makerFeePpm parts per million of the notional; below 0: a rebate
 * @param takerFeePpm parts per million of the notional, 0 or more
 * @param lastPrice of the last trade; 0: none yet
 */
public record Instrument(
        Symbol symbol,
        Currency currency,
        Scale priceScale,
        Scale quantityScale,
        Scale cashScale,
        long tick,
        long lot,
        long maxQuantity,
        long maxNotional,
        long referencePrice,
        long bandPpm,
        int makerFeePpm,
        int takerFeePpm,
        InstrumentStatus status,
        long lastPrice) {

    public Instrument {
        require(cashScale.places() >= priceScale.places() + quantityScale.places(), "cashScale");
        require(tick > 0, "tick");
        require(lot > 0, "lot");
        require(maxQuantity > 0, "maxQuantity");
        require(maxNotional >= 0, "maxNotional");
        require(referencePrice >= 0, "referencePrice");
        require(bandPpm >= 0, "bandPpm");
        require(takerFeePpm >= 0 && takerFeePpm + (long) makerFeePpm >= 0, "takerFeePpm");
        require(lastPrice >= 0, "lastPrice");
    }

    /**
     * What a quantity is worth at a price, in cash units, exact and of the quantity's sign.
     *
     * @throws ArithmeticException when it does not fit 64 bits
     */
    public long notional(long price, long quantity) {
        int spare = cashScale.places() - priceScale.places() - quantityScale.places();
        return Math.multiplyExact(Math.multiplyExact(price, quantity), new Scale(spare).one());
    }

    /** What a quantity of any size is worth at a price, in cash units, of the quantity's sign. */
    public BigInteger worth(long price, long quantity) {
        int spare = cashScale.places() - priceScale.places() - quantityScale.places();
        return BigInteger.valueOf(price)
                .multiply(BigInteger.valueOf(quantity))
                .multiply(BigInteger.valueOf(new Scale(spare).one()));
    }

    private static void require(boolean holds, String field) {
        if (!holds) {
            throw new IllegalArgumentException(field + " is out of range");
        }
    }
}
