package io.outcry.domain.account;

import io.outcry.domain.instrument.Symbol;

/**
 * Quantity of one instrument, in its quantity units.
 *
 * @param quantity below 0: short
 * @param held in open sell orders
 */
public record PositionBalance(Symbol symbol, long quantity, long held) {}
