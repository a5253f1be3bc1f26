package io.outcry.load.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts one HTTP/1.1 answer together from what arrives, in whatever pieces. Bodies are delimited by
 * Content-Length, by chunks, or by the end of the connection. Not thread-safe; one connection
 * reuses it for every answer.
 */
final class AnswerParser implements Answer {
    static final int MAX_HEAD = 64 * 1024;
    static final int MAX_BODY = 16 * 1024 * 1024;

    private enum Part {
        HEAD,
        SIZED_BODY,
        CHUNKED_BODY,
        BODY_UNTIL_CLOSE,
        COMPLETE
    }

    private final AnswerHead head = new AnswerHead();
    private final ChunkedBody chunks = new ChunkedBody();

    private byte[] bytes = new byte[4096];
    private int length;
    private int headStart;
    private int scannedTo;
    private int bodyOffset;
    private int bodyEnd;
    private int answerEnd;
    private Part part = Part.HEAD;

    /** Makes ready for the next answer. */
    void reset() {
        part = Part.HEAD;
        length = 0;
        headStart = 0;
        scannedTo = 0;
    }

    /** Whether any byte of the answer has arrived. */
    boolean started() {
        return length > 0;
    }

    /** Takes all of {@code input}; true when the answer is complete. */
    boolean feed(ByteBuffer input) throws MalformedAnswerException {
        append(input);
        while (part == Part.HEAD) {
            if (!findHead()) {
                return false;
            }
        }
        return switch (part) {
            case SIZED_BODY -> completeAt(length >= bodyEnd, bodyEnd);
            case CHUNKED_BODY -> {
                boolean complete = chunks.decode(bytes, length);
                bodyEnd = chunks.bodyEnd();
                yield completeAt(complete, chunks.position());
            }
            default -> false;
        };
    }

    /** The server closed its side; true when that completes the answer. */
    boolean close() {
        if (part != Part.BODY_UNTIL_CLOSE) {
            return false;
        }
        bodyEnd = length;
        return completeAt(true, length);
    }

    /** Whether the connection may carry another request. */
    boolean reusable() {
        return head.keepAlive() && part == Part.COMPLETE && length == answerEnd;
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public long retryAfterSeconds() {
        return head.retryAfterSeconds();
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int bodyOffset() {
        return bodyOffset;
    }

    @Override
    public int bodyLength() {
        return bodyEnd - bodyOffset;
    }

    private boolean completeAt(boolean complete, int end) {
        if (complete) {
            part = Part.COMPLETE;
            answerEnd = end;
        }
        return complete;
    }

    private void append(ByteBuffer input) throws MalformedAnswerException {
        int count = input.remaining();
        if (length + count > MAX_HEAD + MAX_BODY) {
            throw new MalformedAnswerException("the answer is too long");
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
        input.get(bytes, length, count);
        length += count;
    }

    /** Looks for the empty line that ends the head; interim answers (1xx) are passed over. */
    private boolean findHead() throws MalformedAnswerException {
        for (int at = Math.max(headStart + 3, scannedTo); at < length; at++) {
            if (bytes[at] == '\n'
                    && bytes[at - 1] == '\r'
                    && bytes[at - 2] == '\n'
                    && bytes[at - 3] == '\r') {
                head.read(bytes, headStart, at + 1);
                startBody(at + 1);
                return true;
            }
        }
        if (length - headStart > MAX_HEAD) {
            throw new MalformedAnswerException("the head is too long");
        }
        scannedTo = length;
        return false;
    }

    private void startBody(int offset) throws MalformedAnswerException {
        bodyOffset = offset;
        bodyEnd = offset;
        if (head.status() < 200) {
            headStart = offset;
            scannedTo = offset;
        } else if (head.bodiless()) {
            part = Part.SIZED_BODY;
        } else if (head.chunked()) {
            part = Part.CHUNKED_BODY;
            chunks.start(offset);
        } else if (head.contentLength() != AnswerHead.NO_LENGTH) {
            if (head.contentLength() > MAX_BODY) {
                throw new MalformedAnswerException("the body is too long");
            }
            part = Part.SIZED_BODY;
            bodyEnd = offset + (int) head.contentLength();
        } else {
            part = Part.BODY_UNTIL_CLOSE;
        }
    }
}
