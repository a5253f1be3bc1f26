package io.outcry.load.ws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Hears a server's messages to their ends and keeps only how each begins, so that thousands of
 * clients on the venue's own machine take little of it, however long the messages are. For one
 * thread.
 */
final class HeadReader {
    private static final int HEAD_BYTES = 512;
    private static final int MOST_ANSWER_BYTES = 16 * 1024;
    private static final String ANSWER_END = "\r\n\r\n";
    private static final int FIRST_CONTROL = 8;
    private static final int CLOSE = 8;

    private final byte[] head = new byte[HEAD_BYTES];
    private int headLength;

    /** Of a frame between messages' frames: a close, a ping. */
    private final byte[] control = new byte[125];

    private int controlLength;

    private final StringBuilder answer = new StringBuilder();
    private boolean upgraded;

    /** What is known of the frame at hand: all of its header's bytes, or those that have come. */
    private final byte[] header = new byte[10];

    private int headerLength;
    private int opcode;
    private boolean last;
    private long payloadLeft;

    /**
     * Takes part of the answer to the handshake; whether all of it has come. What follows it stays
     * where it is.
     *
     * @throws IOException when the handshake was refused
     */
    boolean upgraded(ByteBuffer input) throws IOException {
        while (!upgraded && input.hasRemaining()) {
            answer.append((char) (input.get() & 0xFF));
            upgraded = answer.indexOf(ANSWER_END, answer.length() - ANSWER_END.length()) >= 0;
            if (answer.length() > MOST_ANSWER_BYTES) {
                throw new IOException("the answer to the handshake has no end");
            }
        }
        if (upgraded && answer.length() > 0) {
            if (answer.indexOf("HTTP/1.1 101") != 0) {
                throw new IOException("no WebSocket: " + answer.substring(0, answer.indexOf("\r")));
            }
            answer.setLength(0);
            answer.trimToSize();
        }
        return upgraded;
    }

    /**
     * Takes all that came, after the answer to the handshake.
     *
     * @param heard hears how each message begins that has come to its end; it stands until that
     *     returns
     * @throws IOException when the server said good-bye
     */
    void take(ByteBuffer input, Consumer<MessageText> heard) throws IOException {
        while (headerEnds(input)) {
            takePayload(input);
            if (payloadLeft > 0) {
                return;
            }
            headerLength = 0;
            endFrame(heard);
        }
    }

    /** Whether a frame's header is whole, with what of it there is now. */
    private boolean headerEnds(ByteBuffer input) {
        int whole = wholeHeader();
        if (headerLength == whole) {
            return true;
        }
        while (headerLength < whole && input.hasRemaining()) {
            header[headerLength++] = input.get();
            whole = wholeHeader();
        }
        if (headerLength < whole) {
            return false;
        }
        beginFrame();
        return true;
    }

    /** Its length by what is known of it. A server's frames have no mask. */
    private int wholeHeader() {
        int shortLength = headerLength < 2 ? 0 : header[1] & 0x7F;
        return shortLength == 126 ? 4 : shortLength == 127 ? 10 : 2;
    }

    private void beginFrame() {
        last = (header[0] & 0x80) != 0;
        opcode = header[0] & 0x0F;
        payloadLeft = header[1] & 0x7F;
        if (headerLength > 2) {
            payloadLeft = 0;
            for (int i = 2; i < headerLength; i++) {
                payloadLeft = (payloadLeft << 8) | (header[i] & 0xFF);
            }
        }
        controlLength = 0;
    }

    private void takePayload(ByteBuffer input) {
        int count = (int) Math.min(payloadLeft, input.remaining());
        boolean data = opcode < FIRST_CONTROL;
        byte[] target = data ? head : control;
        int held = data ? headLength : controlLength;
        int kept = Math.min(count, target.length - held);
        input.get(target, held, kept);
        input.position(input.position() + count - kept);
        payloadLeft -= count;
        if (data) {
            headLength += kept;
        } else {
            controlLength += kept;
        }
    }

    private void endFrame(Consumer<MessageText> heard) throws IOException {
        if (opcode == CLOSE) {
            throw new IOException("the server closed: " + closeReason());
        }
        if (opcode < FIRST_CONTROL && last) {
            MessageText text = new MessageText(head, 0, headLength);
            headLength = 0;
            heard.accept(text);
        }
    }

    private String closeReason() {
        if (controlLength < 2) {
            return "without a reason";
        }
        int status = ((control[0] & 0xFF) << 8) | (control[1] & 0xFF);
        return status + " " + new String(control, 2, controlLength - 2, StandardCharsets.UTF_8);
    }
}
