package io.outcry.domain.account;

import io.outcry.domain.instrument.Currency;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator's command did to an account.
 *
 * @param sequence of the event
 * @param timeNanos UTC nanoseconds since the epoch
 * @param shortLimit from then on; null: not changed
 * @param currency that the credit limit is of; null: not changed
 * @param creditLimit from then on; null: not changed
 */
public record AccountChange(
        AccountId accountId,
        long sequence,
        long timeNanos,
        Kind kind,
        @Nullable Long shortLimit,
        @Nullable Currency currency,
        @Nullable Long creditLimit) {

    /** What was done. */
    public enum Kind {
        OPENED,
        LIMITS_SET,
        SUSPENDED,
        RESUMED
    }
}
