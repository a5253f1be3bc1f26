package io.outcry.api.http;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one media type that bodies may have. */
final class JsonContentType {
    private static final String JSON = "application/json";

    private JsonContentType() {}

    /**
     * Refuses every other type, and every character set but UTF-8.
     *
     * @throws ProblemException UNSUPPORTED_MEDIA_TYPE
     */
    static void require(@Nullable String contentType) {
        if (contentType == null || !(contentType.equals(JSON) || isJson(contentType))) {
            throw new ProblemException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json");
        }
    }

    private static boolean isJson(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";");
        return parts.length > 0
                && parts[0].strip().equals(JSON)
                && Arrays.stream(parts)
                        .skip(1)
                        .map(part -> part.strip().replace("\"", ""))
                        .filter(part -> part.startsWith("charset="))
                        .allMatch(part -> part.equals("charset=utf-8"));
    }
}
