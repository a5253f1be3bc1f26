package io.outcry.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More connections than a replica is to have. */
class ConnectionLimitTest {
    private static final int MOST = 16;
    private static final int PATIENCE_MS = 10_000;
    private static final int HARDLY_MS = 300;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String REQUEST = "GET /health/live HTTP/1.1\r\nHost: h\r\n\r\n";

    private final List<Socket> open = new ArrayList<>();
    private TestVenue venue;

    @BeforeEach
    void start() {
        venue = new TestVenue(Map.of("OUTCRY_HTTP_CONNECTIONS", "" + MOST), List.of());
        venue.start();
    }

    @AfterEach
    void stop() throws IOException {
        closeAll(open);
        venue.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), venue.port());
        open.add(socket);
        return socket;
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Whether a request by that connection is answered in time; one by one it can have many. */
    private static boolean answered(Socket socket, int patienceMs) throws IOException {
        socket.setSoTimeout(patienceMs);
        try {
            socket.getOutputStream().write(REQUEST.getBytes(ISO_8859_1));
            String answer = read(socket.getInputStream());
            return answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("}");
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("Connection reset.*|Broken pipe");
            return false;
        }
    }

    /** Up to the end of the JSON object that is the body. */
    private static String read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        int next = in.read();
        while (next >= 0) {
            text.append((char) next);
            next = next == '}' ? -1 : in.read();
        }
        return text.toString();
    }

    @Test
    void thoseAboveTheLimitAreNotServedAndThosePresentAre() throws Exception {
        for (int i = 0; i < MOST; i++) {
            assertThat(answered(connect(), PATIENCE_MS)).isTrue();
        }
        List<Socket> present = List.copyOf(open);
        for (int i = 0; i < 5; i++) {
            assertThat(answered(connect(), HARDLY_MS)).isFalse();
        }
        for (int i = 0; i < 3; i++) {
            for (Socket socket : present) {
                assertThat(answered(socket, PATIENCE_MS)).isTrue();
            }
        }

        closeAll(open.subList(MOST - 1, open.size()));

        await().atMost(SOON).until(() -> answered(connect(), HARDLY_MS));
        for (Socket socket : present.subList(0, MOST - 1)) {
            assertThat(answered(socket, PATIENCE_MS)).isTrue();
        }
    }

    @Test
    void aFloodLeavesTheLimitAsItWas() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4 * MOST; i++) {
                connect();
            }
            closeAll(open);
            open.clear();
        }
        await().atMost(SOON).until(() -> answered(connect(), HARDLY_MS));
        closeAll(open);
        open.clear();
        for (int i = 0; i < MOST; i++) {
            await().atMost(SOON).until(() -> answered(connect(), PATIENCE_MS));
        }
        assertThat(open).hasSize(MOST);
    }

    @Test
    void aWebSocketIsAConnectionLikeAnother() throws Exception {
        try (SocketClient client = SocketClient.connect(venue.port(), "")) {
            for (int i = 0; i < MOST - 1; i++) {
                assertThat(answered(connect(), PATIENCE_MS)).isTrue();
            }
            assertThat(answered(connect(), HARDLY_MS)).isFalse();
            client.send("{\"op\":\"ping\",\"id\":\"1\"}");
            assertThat(client.next("pong").path("id").asText()).isEqualTo("1");
        }
    }
}
