package io.outcry.domain.account;

import io.outcry.domain.instrument.Currency;

/**
 * Cash of one currency, in cash units.
 *
 * @param held reserved for open buy orders
 */
public record CashBalance(Currency currency, long cash, long held, long creditLimit) {
    /**
     * What a new order may spend; below 0 when limits were lowered under what is held.
     *
     * @throws ArithmeticException when it does not fit 64 bits
     */
    public long available() {
        return Math.subtractExact(Math.addExact(cash, creditLimit), held);
    }
}
