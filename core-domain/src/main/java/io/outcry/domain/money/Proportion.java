package io.outcry.domain.money;

import java.math.BigInteger;

/** Exact shares of amounts, with products of any size in between. */
public final class Proportion {

    private Proportion() {}

    /**
     * {@code amount * part / whole}, rounded toward zero. The whole of an amount is the amount
     * itself, so taking shares of what is left until nothing is left takes exactly all of it.
     *
     * @param part 0 to {@code whole}
     * @param whole above 0
     * @throws IllegalArgumentException when part or whole is out of range
     */
    public static long of(long amount, long part, long whole) {
        requireRange(part, whole);
        long low = amount * part;
        if (Math.multiplyHigh(amount, part) == low >> 63) {
            return low / whole;
        }
        return exact(BigInteger.valueOf(amount), part, whole).longValueExact();
    }

    /** The same of an amount that may exceed 64 bits. */
    public static BigInteger of(BigInteger amount, long part, long whole) {
        if (amount.bitLength() < Long.SIZE) {
            return BigInteger.valueOf(of(amount.longValue(), part, whole));
        }
        requireRange(part, whole);
        return exact(amount, part, whole);
    }

    private static BigInteger exact(BigInteger amount, long part, long whole) {
        return amount.multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(whole));
    }

    private static void requireRange(long part, long whole) {
        if (whole <= 0 || part < 0 || part > whole) {
            throw new IllegalArgumentException(
                    "part must be 0 to the whole, was " + part + " of " + whole);
        }
    }
}
