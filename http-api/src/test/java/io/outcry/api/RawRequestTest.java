package io.outcry.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.outcry.api.TestClient.Trader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client library sends: each is answered, none as a failure of ours. */
@Timeout(60)
class RawRequestTest {
    private static final String ORDER = TestClient.order("BUY", "1", "1");
    private static final String JSON = "Content-Type: application/json";
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String EXPECTS = "Expect: 100-continue";
    private static final String LAST = "0\r\n\r\n";
    private static final String TRAILER = "0\r\nA: b\r\n\r\n";
    private static final Pattern STATUS =
            Pattern.compile("^(?:HTTP/1\\.1 100 .*\r\n\r\n)?HTTP/1\\.[01] (\\d{3}) ");

    @AutoClose private static final TestVenue venue = TestVenue.started();
    private static String authorization;

    @BeforeAll
    static void register() throws Exception {
        Trader trader = venue.register();
        authorization = "Authorization: Bearer " + trader.token();
    }

    static Stream<Arguments> requests() {
        String length = "Content-Length: " + ORDER.length();
        return Stream.of(
                arguments("no Host", 400, head("GET /health HTTP/1.1")),
                arguments("two Hosts", 400, head("GET /health HTTP/1.1", "Host: a", "Host: b")),
                arguments("HTTP/1.0", 200, head("GET /health HTTP/1.0")),
                arguments("HTTP/1.0 order", 201, order("HTTP/1.0", length) + ORDER),
                arguments("HTTP/3.7", 400, head("GET /health HTTP/3.7", "Host: a")),
                arguments("HTTP/0.9", 400, "GET /health\r\n\r\n"),
                arguments("no line", 400, "\r\n\r\nnothing\r\n\r\n"),
                arguments("TLS", 400, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n"),
                arguments("absolute", 200, head("GET http://a/health HTTP/1.1", "Host: a")),
                arguments("NUL in path", 400, head("GET /he%00alth HTTP/1.1", "Host: a")),
                arguments("raw NUL", 400, head("GET /he\u0000alth HTTP/1.1", "Host: a")),
                arguments("bad escape", 400, head("GET /health%zz HTTP/1.1", "Host: a")),
                arguments("half escape", 400, head("GET /health% HTTP/1.1", "Host: a")),
                arguments("bad UTF-8", 400, head("GET /api/market/%ff/book HTTP/1.1", "Host: a")),
                arguments("dots", 400, head("GET /docs/..%2fhealth HTTP/1.1", "Host: a")),
                arguments("star", 404, head("OPTIONS * HTTP/1.1", "Host: a")),
                arguments("CONNECT", 405, head("CONNECT a:443 HTTP/1.1", "Host: a:443")),
                arguments("TRACE", 405, head("TRACE /health HTTP/1.1", "Host: a")),
                arguments("long", 414, head("GET /" + "a".repeat(9_000) + " HTTP/1.1", "Host: a")),
                arguments("long header", 431, head("GET / HTTP/1.1", "A: " + "a".repeat(9_000))),
                arguments("folded", 400, head("GET /health HTTP/1.1", "Host: a", "A: b", " c")),
                arguments("NUL header", 400, head("GET /health HTTP/1.1", "Host: a", "A: \u0000")),
                arguments("no name", 400, head("GET /health HTTP/1.1", "Host: a", ": b")),
                arguments("space", 400, head("GET /health HTTP/1.1", "Host: a", "A : b")),
                arguments("chunked", 201, order("HTTP/1.1", CHUNKED) + chunk(ORDER) + LAST),
                arguments("trailer", 201, order("HTTP/1.1", CHUNKED) + chunk(ORDER) + TRAILER),
                arguments("bad chunk", 400, order("HTTP/1.1", CHUNKED) + "zz\r\n" + ORDER),
                arguments("huge chunk", 400, order("HTTP/1.1", CHUNKED) + "fffffffff\r\n" + ORDER),
                arguments("no last chunk", 400, order("HTTP/1.1", CHUNKED) + chunk(ORDER)),
                arguments("both lengths", 400, order("HTTP/1.1", CHUNKED, length) + chunk(ORDER)),
                arguments("gzip", 400, order("HTTP/1.1", "Transfer-Encoding: gzip") + ORDER),
                arguments("two lengths", 400, order("HTTP/1.1", length, "Content-Length: 3")),
                arguments("negative", 400, order("HTTP/1.1", "Content-Length: -1") + ORDER),
                arguments("2^63", 400, order("HTTP/1.1", "Content-Length: 9223372036854775808")),
                arguments("2^31", 400, order("HTTP/1.1", "Content-Length: 2147483648")),
                arguments("short body", 400, order("HTTP/1.1", "Content-Length: 9") + ORDER),
                arguments("missing body", 400, order("HTTP/1.1", length)),
                arguments("no body", 400, order("HTTP/1.1")),
                arguments("expects", 201, order("HTTP/1.1", length, EXPECTS) + ORDER),
                arguments("expects more", 400, order("HTTP/1.1", length, "Expect: 200-ok") + ORDER),
                arguments("no websocket", 404, head("GET /ws HTTP/1.1", "Host: a")),
                arguments("h2c", 400, head("GET /health HTTP/1.1", "Host: a", "Upgrade: h2c")),
                arguments("h2", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    }

    private static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Its authorization is put in later. */
    private static String order(String version, String... lines) {
        return "POST /api/orders "
                + version
                + "\r\nHost: a\r\nAUTHORIZATION\r\n"
                + JSON
                + "\r\n"
                + head(lines).substring(lines.length == 0 ? 2 : 0);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void everyRequestIsAnsweredAsItDeserves(String what, int status, String request)
            throws Exception {
        String answer = answer(request.replace("AUTHORIZATION", authorization));

        assertThat(status(answer)).as(answer).isEqualTo(status);
        assertThat(answer).doesNotContain("Exception", "\tat ", "etty");
        if (status >= 400) {
            assertThat(answer.toLowerCase(Locale.ROOT))
                    .contains("content-type: application/problem+json");
        }
        assertThat(venue.get("/health", null).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "TRACE", "PUT"})
    void noMethodMakesARouteFail(String method) throws Exception {
        for (Contract.Operation operation : Contract.SERVED.operations()) {
            String path = operation.path().replaceAll("\\{[a-z_]+}", "1");
            String answer =
                    answer(head(method + " " + path + " HTTP/1.1", "Host: a", authorization));

            assertThat(status(answer)).as(method + " " + path + answer).isLessThan(500);
            if (method.equals("HEAD")) {
                assertThat(answer).as(path).endsWith("\r\n\r\n");
            }
        }
    }

    private static int status(String answer) {
        Matcher matcher = STATUS.matcher(answer);
        assertThat(matcher.find()).as("an answer: " + answer).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    /** What comes once the client has sent all that it will send. */
    private static String answer(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), venue.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
