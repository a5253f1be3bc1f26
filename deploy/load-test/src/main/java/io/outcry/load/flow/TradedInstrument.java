package io.outcry.load.flow;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * What a flow must know of an instrument to send orders that fit its grid.
 *
 * @param tick smallest step of a price, above 0
 * @param lot smallest step of a quantity, above 0
 * @param referenceTicks price to quote around, in ticks, above 0
 */
public record TradedInstrument(
        String symbol, BigDecimal tick, BigDecimal lot, long referenceTicks) {
    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9._/-]{1,32}");

    public TradedInstrument {
        if (!SYMBOL.matcher(symbol).matches()) {
            throw new IllegalArgumentException("symbol: not a plain name: " + symbol);
        }
        if (tick.signum() <= 0 || lot.signum() <= 0 || referenceTicks <= 0) {
            throw new IllegalArgumentException(
                    symbol + ": tick, lot and reference price must be above 0");
        }
    }

    /** A price, never below one tick. */
    String price(long ticks) {
        return tick.multiply(BigDecimal.valueOf(Math.max(1, ticks))).toPlainString();
    }

    String quantity(long lots) {
        return lot.multiply(BigDecimal.valueOf(lots)).toPlainString();
    }
}
