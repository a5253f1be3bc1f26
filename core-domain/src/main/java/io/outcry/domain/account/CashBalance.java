package io.outcry.domain.account;

import io.outcry.domain.instrument.Currency;
import java.math.BigInteger;

/**
 * Cash of one currency, in cash units.
 *
 * @param held reserved for open buy orders
 */
public record CashBalance(Currency currency, long cash, long held, long creditLimit) {
    /** What a new order may spend; below 0 when limits were lowered under what is held. */
    public BigInteger available() {
        return BigInteger.valueOf(cash)
                .add(BigInteger.valueOf(creditLimit))
                .subtract(BigInteger.valueOf(held));
    }
}
