package io.outcry.domain.account;

import io.outcry.domain.instrument.Currency;

/**
 * Cash of one currency, in cash units.
 *
 * @param held reserved for open buy orders
 */
public record CashBalance(Currency currency, long cash, long held, long creditLimit) {
    /** What a new order may spend. */
    public long available() {
        return Math.subtractExact(Math.addExact(cash, creditLimit), held);
    }
}
