package io.outcry.load.http;

import java.io.IOException;

/** What the server sent is not an answer that this client understands. */
final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String message) {
        super(message);
    }
}
