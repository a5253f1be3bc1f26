package io.outcry.load.http;

/**
 * Status line and the few headers that matter, read from the bytes of an answer's head. Not
 * thread-safe; one connection reuses it for every answer.
 */
final class AnswerHead {
    static final long NO_LENGTH = -1;
    private static final int SHORTEST_STATUS_LINE = "HTTP/1.1 200".length();

    private byte[] bytes = {};
    private int status;
    private long contentLength;
    private boolean chunked;
    private boolean keepAlive;
    private long retryAfterSeconds;

    int status() {
        return status;
    }

    /** Bytes of the body, or {@link #NO_LENGTH} when the head does not say. */
    long contentLength() {
        return contentLength;
    }

    boolean chunked() {
        return chunked;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Whether the head forbids a body, whatever its headers say. */
    boolean bodiless() {
        return status < 200 || status == 204 || status == 304;
    }

    /** Reads a head that ends, with its empty line, before {@code end}. */
    void read(byte[] source, int start, int end) throws MalformedAnswerException {
        bytes = source;
        contentLength = NO_LENGTH;
        chunked = false;
        retryAfterSeconds = -1;
        int line = endOfLine(start, end);
        readStatusLine(start, line);
        for (int from = line + 2; from < end - 2; from = line + 2) {
            line = endOfLine(from, end);
            readHeader(from, line);
        }
    }

    private void readStatusLine(int from, int to) throws MalformedAnswerException {
        if (to - from < SHORTEST_STATUS_LINE || !startsWith(from, to, "http/1.")) {
            throw new MalformedAnswerException("not an HTTP/1 status line");
        }
        keepAlive = bytes[from + 7] != '0';
        status = (int) number(from + 9, from + 12);
    }

    /** The first letter and the length pick out the headers worth a closer look. */
    private void readHeader(int from, int to) throws MalformedAnswerException {
        switch (bytes[from] | 0x20) {
            case 'c' -> {
                if (startsWith(from, to, "content-length:")) {
                    contentLength = number(value(from, to), to);
                } else if (startsWith(from, to, "connection:")) {
                    keepAlive = keepAlive && !startsWith(value(from, to), to, "close");
                }
            }
            case 't' -> {
                if (startsWith(from, to, "transfer-encoding:")) {
                    chunked = startsWith(value(from, to), to, "chunked");
                }
            }
            case 'r' -> {
                if (startsWith(from, to, "retry-after:") && isDigit(bytes[value(from, to)])) {
                    retryAfterSeconds = number(value(from, to), to);
                }
            }
            default -> {
                // Every other header is of no use here.
            }
        }
    }

    private int value(int from, int to) {
        int at = from;
        while (bytes[at] != ':') {
            at++;
        }
        do {
            at++;
        } while (at < to && (bytes[at] == ' ' || bytes[at] == '\t'));
        return at;
    }

    private int endOfLine(int from, int end) throws MalformedAnswerException {
        for (int at = from; at < end - 1; at++) {
            if (bytes[at] == '\r' && bytes[at + 1] == '\n') {
                return at;
            }
        }
        throw new MalformedAnswerException("a header line without an end");
    }

    private boolean startsWith(int from, int to, String lowerCase) {
        if (to - from < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            byte b = bytes[from + i];
            int lower = b >= 'A' && b <= 'Z' ? b | 0x20 : b;
            if (lower != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private long number(int from, int to) throws MalformedAnswerException {
        int end = to;
        while (end > from && bytes[end - 1] == ' ') {
            end--;
        }
        if (end == from || end - from > 12) {
            throw new MalformedAnswerException("a number is missing or too long");
        }
        long number = 0;
        for (int at = from; at < end; at++) {
            if (!isDigit(bytes[at])) {
                throw new MalformedAnswerException("not a number");
            }
            number = number * 10 + (bytes[at] - '0');
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
