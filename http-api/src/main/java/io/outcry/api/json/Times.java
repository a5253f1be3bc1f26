package io.outcry.api.json;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Times: RFC 3339 outside, UTC nanoseconds since the epoch inside. */
public final class Times {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int WHOLE_SECOND = "2026-01-31T23:59:59Z".length();
    private static final int LONGEST = "2026-01-31T23:59:59.123456789Z".length();

    private Times() {}

    /**
     * The time as RFC 3339 in UTC, as precise as it is: to the second, milli-, micro- or
     * nanosecond, as {@link Instant#toString} writes it. Every answer to an order holds two, and
     * the library's formatter costs a virtual machine that has just started more than a second of
     * compiling.
     */
    public static String format(long nanos) {
        long second = Math.floorDiv(nanos, NANOS_PER_SECOND);
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
        int ofDay = (int) Math.floorMod(second, SECONDS_PER_DAY);
        byte[] text = new byte[LONGEST];
        write(text, 0, 4, day.getYear(), '-');
        write(text, 5, 2, day.getMonthValue(), '-');
        write(text, 8, 2, day.getDayOfMonth(), 'T');
        write(text, 11, 2, ofDay / 3600, ':');
        write(text, 14, 2, ofDay / 60 % 60, ':');
        write(text, 17, 2, ofDay % 60, 'Z');
        int fraction = (int) Math.floorMod(nanos, NANOS_PER_SECOND);
        if (fraction == 0) {
            return new String(text, 0, WHOLE_SECOND, StandardCharsets.ISO_8859_1);
        }
        int digits = 9;
        for (; fraction % 1000 == 0; fraction /= 1000) {
            digits -= 3;
        }
        text[WHOLE_SECOND - 1] = '.';
        write(text, WHOLE_SECOND, digits, fraction, 'Z');
        return new String(text, 0, WHOLE_SECOND + digits + 1, StandardCharsets.ISO_8859_1);
    }

    /** Writes the number with leading zeros, and what stands after it. */
    private static void write(byte[] text, int from, int digits, int number, char after) {
        int rest = number;
        for (int at = from + digits - 1; at >= from; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        text[from + digits] = (byte) after;
    }

    /**
     * Reads RFC 3339 with any offset.
     *
     * @throws IllegalArgumentException when the text is no such time, or not after 1970 and before
     *     2262
     */
    public static long parse(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            long nanos =
                    Math.addExact(
                            Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND),
                            instant.getNano());
            if (nanos <= 0) {
                throw new IllegalArgumentException("is before 1970");
            }
            return nanos;
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("is not an RFC 3339 time", e);
        }
    }
}
