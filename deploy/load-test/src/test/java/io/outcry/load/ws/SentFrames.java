package io.outcry.load.ws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a server sends, the answer to the handshake first. */
final class SentFrames {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    SentFrames() {
        sent.writeBytes(ascii("HTTP/1.1 101 Switching Protocols\r\nA: b\r\n\r\n"));
    }

    SentFrames frame(int opcode, String payload) {
        return part(0x80 | opcode, payload);
    }

    SentFrames part(int firstByte, String payload) {
        int length = payload.length();
        sent.write(firstByte);
        if (length > 0xFFFF) {
            sent.write(127);
            sent.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
        } else if (length > 125) {
            sent.write(126);
            sent.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) length).array());
        } else {
            sent.write(length);
        }
        sent.writeBytes(payload.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    ByteBuffer all() {
        return ByteBuffer.wrap(sent.toByteArray());
    }

    /** All of it, cut up. */
    List<ByteBuffer> pieces(int bytes) {
        byte[] all = sent.toByteArray();
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int from = 0; from < all.length; from += bytes) {
            pieces.add(ByteBuffer.wrap(all, from, Math.min(bytes, all.length - from)));
        }
        return pieces;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
