package io.outcry.load.http;

/**
 * Takes the chunk framing out of a body, in place: what was read is moved down over the chunk lines
 * before it. Not thread-safe; one connection reuses it for every answer.
 */
final class ChunkedBody {
    private enum Part {
        SIZE,
        DATA,
        DATA_END,
        TRAILER
    }

    private static final int MAX_SIZE_LINE = 64;

    private Part part = Part.SIZE;
    private int readAt;
    private int writeAt;
    private int chunkLeft;

    void start(int bodyOffset) {
        part = Part.SIZE;
        readAt = bodyOffset;
        writeAt = bodyOffset;
        chunkLeft = 0;
    }

    /** End of the body's bytes so far. */
    int bodyEnd() {
        return writeAt;
    }

    /** First byte not yet looked at. */
    int position() {
        return readAt;
    }

    /** Goes on as far as {@code bytes} up to {@code end} allow; true when the body is complete. */
    boolean decode(byte[] bytes, int end) throws MalformedAnswerException {
        while (true) {
            if (part == Part.DATA) {
                if (!moveData(bytes, end)) {
                    return false;
                }
                continue;
            }
            int lineEnd = lineEnd(bytes, end);
            if (lineEnd < 0) {
                return false;
            }
            int lineStart = readAt;
            readAt = lineEnd + 2;
            switch (part) {
                case SIZE -> startChunk(bytes, lineStart, lineEnd);
                case DATA_END -> expectEmpty(lineStart, lineEnd);
                default -> {
                    if (lineStart == lineEnd) {
                        return true;
                    }
                }
            }
        }
    }

    private boolean moveData(byte[] bytes, int end) {
        int available = Math.min(chunkLeft, end - readAt);
        System.arraycopy(bytes, readAt, bytes, writeAt, available);
        readAt += available;
        writeAt += available;
        chunkLeft -= available;
        if (chunkLeft == 0) {
            part = Part.DATA_END;
            return true;
        }
        return false;
    }

    private void startChunk(byte[] bytes, int from, int to) throws MalformedAnswerException {
        long size = 0;
        int at = from;
        while (at < to && Character.digit(bytes[at], 16) >= 0) {
            size = size * 16 + Character.digit(bytes[at], 16);
            at++;
            if (size > AnswerParser.MAX_BODY) {
                throw new MalformedAnswerException("a chunk is too large");
            }
        }
        if (at == from) {
            throw new MalformedAnswerException("a chunk without a size");
        }
        chunkLeft = (int) size;
        part = size == 0 ? Part.TRAILER : Part.DATA;
    }

    private void expectEmpty(int from, int to) throws MalformedAnswerException {
        if (from != to) {
            throw new MalformedAnswerException("a chunk is longer than its size");
        }
        part = Part.SIZE;
    }

    private int lineEnd(byte[] bytes, int end) throws MalformedAnswerException {
        for (int at = readAt; at < end - 1; at++) {
            if (bytes[at] == '\r' && bytes[at + 1] == '\n') {
                return at;
            }
        }
        if (part != Part.TRAILER && end - readAt > MAX_SIZE_LINE) {
            throw new MalformedAnswerException("a chunk's size line is too long");
        }
        return -1;
    }
}
