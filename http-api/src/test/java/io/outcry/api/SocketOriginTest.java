package io.outcry.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages may open WebSockets, and what an upgrade leaves behind. */
class SocketOriginTest {
    private static final String LISTED = "https://app.example.com";
    private static final String SWITCHED = "HTTP/1.1 101 ";
    private static final String FORBIDDEN = "HTTP/1.1 403 ";

    private static TestVenue open;
    private static TestVenue closed;

    @BeforeAll
    static void start() {
        open = new TestVenue(Map.of("OUTCRY_CORS_ORIGINS", LISTED), List.of());
        open.start();
        closed = TestVenue.started();
    }

    @AfterAll
    static void stop() {
        open.close();
        closed.close();
    }

    @Test
    void whatIsNoPageMayConnect() throws Exception {
        assertThat(upgrade(open)).startsWith(SWITCHED);
        assertThat(upgrade(closed)).startsWith(SWITCHED);
    }

    @Test
    void pagesOfListedOriginsMayConnect() throws Exception {
        assertThat(upgrade(open, "Origin: " + LISTED)).startsWith(SWITCHED);
        assertThat(upgrade(closed, "Origin: " + LISTED)).startsWith(FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://venue", "https://venue:8443", "https://VENUE"})
    void pagesOfTheSameHostMayConnect(String origin) throws Exception {
        assertThat(upgrade(open, "Origin: " + origin)).startsWith(SWITCHED);
        assertThat(upgrade(closed, "Origin: " + origin)).startsWith(SWITCHED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.test",
                "https://app.example.com.evil.test",
                "https://venue.evil.test",
                "https://evil.test/venue",
                "https://venue@evil.test",
                "null",
                "venue",
                "//venue\\@",
                ""
            })
    void otherPagesMayNot(String origin) throws Exception {
        for (TestVenue venue : List.of(open, closed)) {
            assertThat(upgrade(venue, "Origin: " + origin))
                    .startsWith(FORBIDDEN)
                    .contains("application/problem+json");
        }
    }

    @Test
    void anUpgradeSetsNoCookie() throws Exception {
        assertThat(upgrade(closed)).startsWith(SWITCHED).doesNotContain("Cookie", "SESSION");
    }

    /** The head of the answer. */
    private static String upgrade(TestVenue venue, String... more) throws IOException {
        String request =
                String.join(
                        "\r\n",
                        "GET /ws HTTP/1.1",
                        "Host: venue",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        String.join("\r\n", more),
                        more.length == 0 ? "" : "\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), venue.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .collect(Collectors.joining("\n"));
        }
    }
}
