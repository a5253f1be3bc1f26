package io.outcry.api.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Names a request in answers and logs: as the proxy named it, or else anew. */
final class RequestId {
    static final String HEADER = "X-Request-Id";
    private static final int LONGEST = 64;
    private static final HexFormat HEX = HexFormat.of();

    private RequestId() {}

    static String of(@Nullable String given) {
        if (given != null && fits(given)) {
            return given;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }

    private static boolean fits(String given) {
        return !given.isEmpty()
                && given.length() <= LONGEST
                && given.chars().allMatch(RequestId::fits);
    }

    private static boolean fits(int letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || "._-".indexOf(letter) >= 0;
    }
}
