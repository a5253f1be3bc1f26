package io.outcry.domain.money;

import java.math.BigInteger;

/**
 * A number of decimal places, and the exact conversion between decimal text and the 64-bit integers
 * that count units of the last place.
 *
 * @param places 0 to 18
 */
public record Scale(int places) {
    /** Most places that a 64-bit integer can carry. */
    public static final int MAX_PLACES = 18;

    public Scale {
        if (places < 0 || places > MAX_PLACES) {
            throw new IllegalArgumentException("places must be 0 to 18, was " + places);
        }
    }

    /** How many units make 1. */
    public long one() {
        long one = 1;
        for (int i = 0; i < places; i++) {
            one *= 10;
        }
        return one;
    }

    /**
     * Reads plain decimal text ({@code -12.50}; no exponent, no sign other than a leading minus, no
     * spaces, ASCII digits only). Trailing zeros beyond the scale are exact and so allowed.
     *
     * @throws InvalidDecimalException when the text is no such number, has more places than the
     *     scale, or overflows 64 bits
     */
    public long parse(String text) {
        boolean negative = text.startsWith("-");
        int start = negative ? 1 : 0;
        int point = text.indexOf('.');
        int integerEnd = point < 0 ? text.length() : point;
        if (integerEnd == start || (point >= 0 && point == text.length() - 1)) {
            throw new InvalidDecimalException(
                    InvalidDecimalException.Reason.NOT_A_NUMBER, "is not a plain decimal number");
        }
        // Below zero, where there is one number more: the least of all has no positive counterpart.
        long minus = subtractDigits(text, start, integerEnd, 0);
        int placesGiven = 0;
        if (point >= 0) {
            int end = Math.min(text.length(), point + 1 + places);
            minus = subtractDigits(text, point + 1, end, minus);
            requireZeros(text, end);
            placesGiven = end - point - 1;
        }
        for (int i = placesGiven; i < places; i++) {
            minus = subtractDigit(minus, 0);
        }
        if (!negative && minus == Long.MIN_VALUE) {
            throw tooLarge();
        }
        return negative ? minus : -minus;
    }

    /**
     * The shortest exact decimal text of that many units: no trailing zeros after the point, no
     * exponent.
     */
    public String format(long units) {
        return format(Long.toString(units));
    }

    /** The same of a sum that may exceed 64 bits. */
    public String format(BigInteger units) {
        return format(units.toString());
    }

    private String format(String digits) {
        if (places == 0) {
            return digits;
        }
        boolean negative = digits.startsWith("-");
        StringBuilder text = new StringBuilder(negative ? digits.substring(1) : digits);
        while (text.length() <= places) {
            text.insert(0, '0');
        }
        text.insert(text.length() - places, '.');
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        if (text.charAt(end - 1) == '.') {
            end--;
        }
        text.setLength(end);
        return negative ? text.insert(0, '-').toString() : text.toString();
    }

    private static long subtractDigits(String text, int from, int to, long minus) {
        long result = minus;
        for (int i = from; i < to; i++) {
            result = subtractDigit(result, digit(text.charAt(i)));
        }
        return result;
    }

    private void requireZeros(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (digit(text.charAt(i)) != 0) {
                throw new InvalidDecimalException(
                        InvalidDecimalException.Reason.TOO_PRECISE,
                        "has more than " + places + " decimal places");
            }
        }
    }

    private static int digit(char c) {
        if (c < '0' || c > '9') {
            throw new InvalidDecimalException(
                    InvalidDecimalException.Reason.NOT_A_NUMBER, "is not a plain decimal number");
        }
        return c - '0';
    }

    private static long subtractDigit(long minus, int digit) {
        long tenfold = minus * 10;
        if (minus < Long.MIN_VALUE / 10 || tenfold < Long.MIN_VALUE + digit) {
            throw tooLarge();
        }
        return tenfold - digit;
    }

    private static InvalidDecimalException tooLarge() {
        return new InvalidDecimalException(InvalidDecimalException.Reason.OVERFLOW, "is too large");
    }
}
