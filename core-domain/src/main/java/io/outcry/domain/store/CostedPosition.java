package io.outcry.domain.store;

import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.portfolio.CostBasis;
import java.math.BigInteger;

/**
 * A position with what it cost, by the average-cost method.
 *
 * @param quantity in quantity units; below 0: short
 * @param costBasis of the open quantity in cash units, of the quantity's sign: average cost =
 *     costBasis / quantity
 * @param realizedPnl in cash units, fees not included
 * @param lastPrice of the instrument's last trade; 0: none yet
 */
public record CostedPosition(
        Symbol symbol,
        Currency currency,
        long quantity,
        BigInteger costBasis,
        BigInteger realizedPnl,
        long lastPrice) {

    /** Without what it is a position of. */
    public CostBasis basis() {
        return new CostBasis(quantity, costBasis, realizedPnl);
    }
}
