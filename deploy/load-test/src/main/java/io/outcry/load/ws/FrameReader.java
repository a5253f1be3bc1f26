package io.outcry.load.ws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds a server's messages in what comes of its connection, after the answer to the handshake. For
 * one thread.
 */
final class FrameReader {
    private static final int MOST_HEAD_BYTES = 16 * 1024;
    private static final int MOST_MESSAGE_BYTES = 16 * 1024 * 1024;
    private static final int TEXT = 1;
    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;

    /** What a reader keeps for good: thousands of them may each have had a large message once. */
    private static final int MOST_KEPT_BYTES = 32 * 1024;

    private byte[] bytes = new byte[8 * 1024];
    private int start;
    private int end;
    private boolean upgraded;

    // Of the frame that was found last.
    private int opcode;
    private boolean last;
    private int payloadStart;
    private int payloadLength;

    /** Of a message whose last frame has not come. */
    private ByteArrayOutputStream parts = new ByteArrayOutputStream();

    private @Nullable MessageText text;

    /** What came. */
    void add(ByteBuffer more) {
        int count = more.remaining();
        if (start == end && bytes.length > MOST_KEPT_BYTES) {
            bytes = new byte[Math.max(MOST_KEPT_BYTES, count)];
            start = 0;
            end = 0;
        }
        if (end + count > bytes.length) {
            int held = end - start;
            byte[] target =
                    held + count > bytes.length
                            ? new byte[Math.max(bytes.length * 2, held + count)]
                            : bytes;
            System.arraycopy(bytes, start, target, 0, held);
            bytes = target;
            start = 0;
            end = held;
        }
        more.get(bytes, end, count);
        end += count;
    }

    /**
     * Whether the handshake was answered well.
     *
     * @throws IOException when it was refused
     */
    boolean upgraded() throws IOException {
        if (upgraded) {
            return true;
        }
        String head = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        int length = head.indexOf("\r\n\r\n");
        if (length < 0) {
            if (head.length() > MOST_HEAD_BYTES) {
                throw new IOException("the answer to the handshake has no end");
            }
            return false;
        }
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + head.lines().findFirst().orElse(""));
        }
        start += length + 4;
        upgraded = true;
        return true;
    }

    /**
     * Whether there is one message more, which {@link #text} then is.
     *
     * @throws IOException when the server said good-bye, or sent what this cannot read
     */
    boolean next() throws IOException {
        while (frame()) {
            start = payloadStart + payloadLength;
            if (opcode == CLOSE) {
                throw new IOException("the server closed: " + closeReason());
            }
            if ((opcode == TEXT || opcode == CONTINUATION) && isWhole()) {
                return true;
            }
        }
        text = null;
        return false;
    }

    /** Whether a message is whole with the frame at hand; servers send large ones in parts. */
    private boolean isWhole() throws IOException {
        if (last && parts.size() == 0) {
            text = new MessageText(bytes, payloadStart, payloadStart + payloadLength);
            return true;
        }
        parts.write(bytes, payloadStart, payloadLength);
        if (parts.size() > MOST_MESSAGE_BYTES) {
            throw new IOException("the server sent " + parts.size() + " bytes at once");
        }
        if (last) {
            text = new MessageText(parts.toByteArray(), 0, parts.size());
            parts = new ByteArrayOutputStream();
        }
        return last;
    }

    private boolean frame() throws IOException {
        int held = end - start;
        if (held < 2) {
            return false;
        }
        last = (bytes[start] & 0x80) != 0;
        opcode = bytes[start] & 0x0F;
        int shortLength = bytes[start + 1] & 0x7F;
        int more = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
        if (held < 2 + more) {
            return false;
        }
        long length = shortLength;
        if (more > 0) {
            length = 0;
            for (int i = 0; i < more; i++) {
                length = (length << 8) | (bytes[start + 2 + i] & 0xFF);
            }
        }
        if (length > MOST_MESSAGE_BYTES) {
            throw new IOException("the server sent " + length + " bytes at once");
        }
        payloadStart = start + 2 + more;
        payloadLength = (int) length;
        return payloadLength <= end - payloadStart;
    }

    private String closeReason() {
        if (payloadLength < 2) {
            return "without a reason";
        }
        int status = ((bytes[payloadStart] & 0xFF) << 8) | (bytes[payloadStart + 1] & 0xFF);
        return status
                + " "
                + new String(bytes, payloadStart + 2, payloadLength - 2, StandardCharsets.UTF_8);
    }

    /** The message that was found last; it stands until the next is asked for or more is added. */
    MessageText text() {
        return Objects.requireNonNull(text);
    }
}
