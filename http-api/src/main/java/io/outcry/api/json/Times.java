package io.outcry.api.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times: RFC 3339 outside, UTC nanoseconds since the epoch inside. */
public final class Times {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Times() {}

    /** The time as RFC 3339 in UTC, as precise as it is. */
    public static String format(long nanos) {
        return Instant.ofEpochSecond(
                        Math.floorDiv(nanos, NANOS_PER_SECOND),
                        Math.floorMod(nanos, NANOS_PER_SECOND))
                .toString();
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
