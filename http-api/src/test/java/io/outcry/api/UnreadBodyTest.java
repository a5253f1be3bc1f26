package io.outcry.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a connection whose request is refused before its body has come. */
@Timeout(30)
class UnreadBodyTest {
    @AutoClose private static final TestVenue venue = TestVenue.started();

    @Test
    void aRefusalBeforeTheBodySaysThatTheConnectionEnds() throws Exception {
        String answer =
                refusal(
                        request(
                                "POST /api/auth/api-keys HTTP/1.1",
                                "Content-Type: application/json",
                                "Content-Length: 2"));

        assertThat(answer).startsWith("HTTP/1.1 401 ");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("\r\nconnection: close\r\n");
    }

    @Test
    void aRefusalWithoutABodyLeavesTheConnectionOpen() throws Exception {
        try (Socket socket = connect()) {
            send(socket, request("GET /api/auth/api-keys HTTP/1.1"));
            String first = head(socket);
            int length =
                    Integer.parseInt(first.replaceAll("(?is).*\r\ncontent-length: (\\d+).*", "$1"));
            socket.getInputStream().skipNBytes(length);
            send(socket, request("GET /health HTTP/1.1"));

            assertThat(first).startsWith("HTTP/1.1 401 ");
            assertThat(head(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    private static String request(String... lines) {
        return String.join("\r\n", lines) + "\r\nHost: localhost\r\n\r\n";
    }

    /** All that comes until the server ends the connection. */
    private static String refusal(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), venue.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(US_ASCII));
    }

    /** An answer up to its body. */
    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
