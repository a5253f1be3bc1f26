package io.outcry.load.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {
    private static final String SIZED =
            """
            HTTP/1.1 201 Created\r
            Server: nginx\r
            Content-Type: application/json\r
            content-LENGTH:  13 \r
            \r
            {"id":"4711"}""";
    private static final String CHUNKED =
            """
            HTTP/1.1 200 OK\r
            Transfer-Encoding: chunked\r
            \r
            5\r
            {"id"\r
            A;name=value\r
            :"4711"}  \r
            0\r
            Trailer: x\r
            \r
            """;

    private final AnswerParser parser = new AnswerParser();

    @Test
    void readsABodyOfGivenLength() throws Exception {
        assertThat(feed(SIZED)).isTrue();

        assertThat(parser.status()).isEqualTo(201);
        assertThat(parser.bodyText()).isEqualTo("{\"id\":\"4711\"}");
        assertThat(parser.retryAfterSeconds()).isEqualTo(-1);
        assertThat(parser.reusable()).isTrue();
    }

    @Test
    void readsAChunkedBodyWithExtensionsAndTrailers() throws Exception {
        assertThat(feed(CHUNKED)).isTrue();

        assertThat(parser.bodyText()).isEqualTo("{\"id\":\"4711\"}  ");
        assertThat(parser.reusable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {SIZED, CHUNKED})
    void readsTheSameHoweverItIsCutInTwo(String answer) throws Exception {
        feed(answer);
        String whole = parser.bodyText();

        for (int cut = 1; cut < answer.length(); cut++) {
            parser.reset();
            assertThat(feed(answer.substring(0, cut))).as("cut at %s", cut).isFalse();
            assertThat(feed(answer.substring(cut))).as("cut at %s", cut).isTrue();
            assertThat(parser.bodyText()).as("cut at %s", cut).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIZED, CHUNKED})
    void readsTheSameByteByByte(String answer) throws Exception {
        feed(answer);
        String whole = parser.bodyText();
        parser.reset();

        for (int at = 0; at < answer.length() - 1; at++) {
            assertThat(feed(answer.substring(at, at + 1))).isFalse();
        }
        assertThat(feed(answer.substring(answer.length() - 1))).isTrue();
        assertThat(parser.bodyText()).isEqualTo(whole);
    }

    @Test
    void growsForALargeBody() throws Exception {
        String body = "x".repeat(1_000_000);

        boolean complete = feed("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + body);

        assertThat(complete).isTrue();
        assertThat(parser.bodyText()).isEqualTo(body);
    }

    @Test
    void readsABodyThatTheEndOfTheConnectionDelimits() throws Exception {
        assertThat(feed("HTTP/1.1 200 OK\r\n\r\nhalf and ")).isFalse();
        assertThat(feed("half")).isFalse();

        assertThat(parser.close()).isTrue();
        assertThat(parser.bodyText()).isEqualTo("half and half");
    }

    @Test
    void anEndOfTheConnectionCompletesNoOtherBody() throws Exception {
        feed("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");

        assertThat(parser.started()).isTrue();
        assertThat(parser.close()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void knowsAnswersThatHaveNoBody(int status) throws Exception {
        assertThat(feed("HTTP/1.1 " + status + " \r\n\r\n")).isTrue();

        assertThat(parser.bodyLength()).isZero();
        assertThat(parser.reusable()).isTrue();
    }

    @Test
    void passesOverInterimAnswers() throws Exception {
        assertThat(feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n"))
                .isFalse();

        assertThat(feed("\r\n" + SIZED)).isTrue();
        assertThat(parser.status()).isEqualTo(201);
        assertThat(parser.bodyText()).isEqualTo("{\"id\":\"4711\"}");
    }

    @Test
    void readsRetryAfterInSecondsAndPassesOverADate() throws Exception {
        feed("HTTP/1.1 503 Busy\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n");
        assertThat(parser.retryAfterSeconds()).isEqualTo(17);

        parser.reset();
        feed(
                """
                HTTP/1.1 503 Busy\r
                Retry-After: Tue, 24 Nov 2026 08:00:00 GMT\r
                Content-Length: 0\r
                \r
                """);
        assertThat(parser.retryAfterSeconds()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore than was announced"
            })
    void knowsWhenTheConnectionIsSpent(String answer) throws Exception {
        assertThat(feed(answer)).isTrue();

        assertThat(parser.reusable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2 is not HTTP\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"
            })
    void refusesWhatIsNotAnAnswer(String answer) {
        assertThatThrownBy(() -> feed(answer)).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void refusesAHeadWithoutEnd() {
        String endless = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(AnswerParser.MAX_HEAD);

        assertThatThrownBy(() -> feed(endless)).isInstanceOf(MalformedAnswerException.class);
    }

    private boolean feed(String text) throws MalformedAnswerException {
        return parser.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
