package io.outcry.load.http;

import java.util.Locale;

/** Why a request got no complete answer. */
public enum Failure {
    CONNECT_REFUSED(false),
    CONNECT_FAILED(false),
    CONNECT_TIMEOUT(false),
    /** Sent, and not answered in full before the deadline. */
    TIMEOUT(true),
    CLOSED_BEFORE_ANSWER(true),
    CLOSED_MID_ANSWER(true),
    /** The connection broke with an error (reset, broken pipe). */
    RESET(true),
    /** The answer is not HTTP/1.1 as this client understands it. */
    MALFORMED_ANSWER(true);

    private final boolean maybeSent;

    Failure(boolean maybeSent) {
        this.maybeSent = maybeSent;
    }

    /** Whether the server may have received the request, so that its outcome is unknown. */
    public boolean maybeSent() {
        return maybeSent;
    }

    /** The name in reports: lower case with underscores. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
