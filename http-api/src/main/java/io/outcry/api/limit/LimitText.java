package io.outcry.api.limit;

import io.outcry.domain.access.RateLimiter.Limit;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Limits as settings have them: {@code 50/s:100} is 50 a second and 100 at once; or {@code off}.
 */
public final class LimitText {
    private static final Pattern FORMAT = Pattern.compile("(\\d{1,9})/(s|min|h)(?::(\\d{1,9}))?");

    private LimitText() {}

    /**
     * Reads one; null: off.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static @Nullable Limit parse(LimitClass limited, String text) {
        if (text.equals("off")) {
            return null;
        }
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be off or such as 50/s:100, 10/min or 3/h");
        }
        long permits = Long.parseLong(parts.group(1));
        long burst = parts.group(3) == null ? permits : Long.parseLong(parts.group(3));
        return new Limit(limited.name(), permits, period(parts.group(2)), burst);
    }

    private static Duration period(String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(1);
            case "min" -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
    }
}
