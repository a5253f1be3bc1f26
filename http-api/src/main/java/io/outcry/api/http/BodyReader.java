package io.outcry.api.http;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a request's body up to a limit. Safe for use by many threads.
 *
 * @param maxBytes of a body
 */
record BodyReader(int maxBytes) {
    /** What is read and thrown away of a body that is too large, so that its sender sees why. */
    private static final int MAX_DISCARDED_BYTES = 2 * 1024 * 1024;

    byte[] read(HttpServletRequest request) throws IOException {
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
}
