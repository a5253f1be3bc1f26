package io.outcry.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a WebSocket client writes, byte by byte, for tests that are no ordinary client. */
final class PlainWebSocket {
    private PlainWebSocket() {}

    /** Asks for {@code /ws} to become a WebSocket, with more header lines if there are any. */
    static byte[] upgrade(String... more) {
        Stream<String> lines =
                Stream.of(
                        "GET /ws HTTP/1.1",
                        "Host: localhost",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        return Stream.concat(lines, Stream.of(more))
                .collect(Collectors.joining("\r\n", "", "\r\n\r\n"))
                .getBytes(US_ASCII);
    }

    /** The server's answer up to where frames begin. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException(head.toString());
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Subscribes to channels; their names together have fewer than a hundred letters. */
    static byte[] subscribe(String... channels) {
        String names =
                Stream.of(channels).map(name -> '"' + name + '"').collect(Collectors.joining(","));
        byte[] text = ("{\"op\":\"subscribe\",\"channels\":[" + names + "]}").getBytes(US_ASCII);
        // The mask is four zeros, so the text stands as it is.
        return ByteBuffer.allocate(text.length + 6)
                .put((byte) 0x81)
                .put((byte) (0x80 | text.length))
                .putInt(0)
                .put(text)
                .array();
    }
}
