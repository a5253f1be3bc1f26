package io.outcry.domain.engine;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Currency;

/**
 * Opens an account once; an account that exists stays as it is.
 *
 * @param cash opening deposit in cash units, may be 0
 * @param creditLimit of that currency, in cash units
 * @param shortLimit how far below 0 each position may go, in quantity units
 */
public record OpenAccount(
        AccountId accountId, Currency currency, long cash, long creditLimit, long shortLimit) {}
