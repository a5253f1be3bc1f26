package io.outcry.load.ws;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a client of a WebSocket sends. Pure functions. */
final class Frames {
    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final int MASKED = 0x80;
    private static final int SHORT = 125;
    private static final int MOST_BYTES = 0xFFFF;

    /** What the longest header takes, with its mask. */
    static final int MOST_HEADER_BYTES = 8;

    private Frames() {}

    static byte[] handshake(URI target) {
        return String.join(
                        "\r\n",
                        "GET /ws HTTP/1.1",
                        "Host: " + target.getRawAuthority(),
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: b3V0Y3J5LWxvYWQtdGVzdA==",
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Adds a message; under a mask of zeros, which is as good as any, the text stands as it is. */
    static void text(byte[] ascii, ByteBuffer into) {
        if (ascii.length > MOST_BYTES) {
            throw new IllegalArgumentException("a message has at most " + MOST_BYTES + " bytes");
        }
        into.put(FINAL_TEXT);
        if (ascii.length <= SHORT) {
            into.put((byte) (MASKED | ascii.length));
        } else {
            into.put((byte) (MASKED | 126));
            into.putShort((short) ascii.length);
        }
        into.putInt(0);
        into.put(ascii);
    }
}
