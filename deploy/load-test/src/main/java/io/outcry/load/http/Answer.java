package io.outcry.load.http;

import java.nio.charset.StandardCharsets;

/**
 * An HTTP answer that has been read in full. A view of its connection's buffer: valid only while it
 * is handled.
 */
public interface Answer {
    /** Three digits, 200 to 599. */
    int status();

    /**
     * Seconds of the Retry-After header, or -1 without one (its form as a date is not understood).
     */
    long retryAfterSeconds();

    /** Holds the body from {@link #bodyOffset()}; not to be changed. */
    byte[] bytes();

    int bodyOffset();

    int bodyLength();

    default String bodyText() {
        return new String(bytes(), bodyOffset(), bodyLength(), StandardCharsets.UTF_8);
    }
}
