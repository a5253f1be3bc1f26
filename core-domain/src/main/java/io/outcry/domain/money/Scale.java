package io.outcry.domain.money;

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
        long units = digits(text, start, integerEnd, 0);
        if (point >= 0) {
            units = digits(text, point + 1, Math.min(text.length(), point + 1 + places), units);
            requireZeros(text, Math.min(text.length(), point + 1 + places));
        }
        int missing = places - (point < 0 ? 0 : Math.min(places, text.length() - point - 1));
        for (int i = 0; i < missing; i++) {
            units = append(units, 0);
        }
        return negative ? -units : units;
    }

    /**
     * The shortest exact decimal text of that many units: no trailing zeros after the point, no
     * exponent.
     */
    public String format(long units) {
        if (places == 0) {
            return Long.toString(units);
        }
        String digits = Long.toString(units);
        boolean negative = units < 0;
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

    private static long digits(String text, int from, int to, long units) {
        long result = units;
        for (int i = from; i < to; i++) {
            result = append(result, digit(text.charAt(i)));
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

    private static long append(long units, int digit) {
        try {
            return Math.addExact(Math.multiplyExact(units, 10L), digit);
        } catch (ArithmeticException e) {
            throw new InvalidDecimalException(
                    InvalidDecimalException.Reason.OVERFLOW, "is too large", e);
        }
    }
}
