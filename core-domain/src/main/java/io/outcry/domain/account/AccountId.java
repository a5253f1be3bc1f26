package io.outcry.domain.account;

/**
 * Identity of an account.
 *
 * @param value 0 is the house; every other account's is above 0
 */
public record AccountId(long value) {
    /** Earns the fees and pays the rebates. */
    public static final AccountId HOUSE = new AccountId(0);

    public AccountId {
        if (value < 0) {
            throw new IllegalArgumentException("account id must not be negative");
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
