package io.outcry.api.http;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body up to a limit. Safe for use by many threads.
 *
 * @param maxBytes of a body
 */
record BodyReader(int maxBytes) {
    /** What is read and thrown away of a body that is too large, so that its sender sees why. */
    private static final int MAX_DISCARDED_BYTES = 2 * 1024 * 1024;

    byte[] read(HttpServletRequest request) throws IOException {
        requireJson(request.getContentType());
        InputStream stream = request.getInputStream();
        long announced = request.getContentLengthLong();
        if (announced > maxBytes) {
            throw tooLarge(stream);
        }
        if (announced >= 0) {
            return stream.readNBytes((int) announced);
        }
        byte[] body = stream.readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw tooLarge(stream);
        }
        return body;
    }

    private ProblemException tooLarge(InputStream stream) throws IOException {
        byte[] rest = new byte[16 * 1024];
        for (int discarded = 0; discarded < MAX_DISCARDED_BYTES; ) {
            int read = stream.read(rest);
            if (read < 0) {
                break;
            }
            discarded += read;
        }
        return new ProblemException(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "a request body may have at most " + maxBytes + " bytes");
    }

    private static void requireJson(@Nullable String contentType) {
        if (contentType == null || !isJson(contentType)) {
            throw new ProblemException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json");
        }
    }

    private static boolean isJson(String contentType) {
        if (contentType.equals("application/json")) {
            return true;
        }
        String[] parts = contentType.toLowerCase(java.util.Locale.ROOT).split(";");
        return parts.length > 0
                && parts[0].strip().equals("application/json")
                && Arrays.stream(parts)
                        .skip(1)
                        .map(part -> part.strip().replace("\"", ""))
                        .filter(part -> part.startsWith("charset="))
                        .allMatch(part -> part.equals("charset=utf-8"));
    }
}
