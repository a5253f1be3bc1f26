package io.outcry.load.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.load.bare.FreePort;
import io.outcry.load.http.ScriptedServer.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] GET = RequestWriter.to(URI.create("http://venue")).get("/");

    private EventLoop loop;

    @BeforeEach
    void open() throws IOException {
        loop = new EventLoop();
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
    }

    @Test
    void keepsTheConnectionForTheNextRequest() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.always(ScriptedServer.OK))) {
            Connection connection = new Connection(loop, server.address());

            for (int i = 0; i < 100; i++) {
                Heard heard = exchange(connection, PATIENCE);
                assertThat(heard.status).isEqualTo(200);
                assertThat(heard.body).isEqualTo("ok");
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void opensAnotherWhenTheServerAnnouncesTheEnd() throws Exception {
        String last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.once(last))) {
            Connection connection = new Connection(loop, server.address());

            assertThat(exchange(connection, PATIENCE).status).isEqualTo(200);
            assertThat(exchange(connection, PATIENCE).status).isEqualTo(200);

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void opensAnotherWhenTheServerClosedAnIdleOne() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Script closesAfterOne =
                connection -> {
                    ScriptedServer.once(ScriptedServer.OK).run(connection);
                    connection.close();
                    closed.countDown();
                };
        try (ScriptedServer server =
                new ScriptedServer(closesAfterOne, ScriptedServer.always(ScriptedServer.OK))) {
            Connection connection = new Connection(loop, server.address());
            assertThat(exchange(connection, PATIENCE).status).isEqualTo(200);
            assertThat(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            letTheLoopNotice();

            assertThat(exchange(connection, PATIENCE).status).isEqualTo(200);

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void readsAnAnswerThatTheEndOfTheConnectionDelimits() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(ScriptedServer.once("HTTP/1.1 200 OK\r\n\r\nall of it"))) {
            assertThat(exchange(new Connection(loop, server.address()), PATIENCE).body)
                    .isEqualTo("all of it");
        }
    }

    @Test
    void tellsThatTheServerClosedInTheMiddleOfAnAnswer() throws Exception {
        String half = "HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"id\":";
        try (ScriptedServer server =
                new ScriptedServer(
                        ScriptedServer.once(half), ScriptedServer.always(ScriptedServer.OK))) {
            Connection connection = new Connection(loop, server.address());

            assertThat(exchange(connection, PATIENCE).failure).isEqualTo(Failure.CLOSED_MID_ANSWER);
            assertThat(exchange(connection, PATIENCE).status).isEqualTo(200);
        }
    }

    @Test
    void tellsThatTheServerClosedWithoutAnAnswer() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::readRequest)) {
            Failure failure = exchange(new Connection(loop, server.address()), PATIENCE).failure;

            assertThat(failure).isEqualTo(Failure.CLOSED_BEFORE_ANSWER);
            assertThat(failure.maybeSent()).isTrue();
        }
    }

    @Test
    void tellsThatTheConnectionWasReset() throws Exception {
        Script resets =
                connection -> {
                    ScriptedServer.readRequest(connection);
                    connection.setSoLinger(true, 0);
                };
        try (ScriptedServer server = new ScriptedServer(resets)) {
            assertThat(exchange(new Connection(loop, server.address()), PATIENCE).failure)
                    .isEqualTo(Failure.RESET);
        }
    }

    @Test
    void tellsThatNobodyListens() throws Exception {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find());

        Failure failure = exchange(new Connection(loop, address), PATIENCE).failure;

        assertThat(failure).isEqualTo(Failure.CONNECT_REFUSED);
        assertThat(failure.maybeSent()).isFalse();
    }

    @Test
    void givesUpAtTheDeadlineAndUsesTheConnectionNoMore() throws Exception {
        Script answersHalf =
                connection -> {
                    ScriptedServer.readRequest(connection);
                    ScriptedServer.write(
                            connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
                    ScriptedServer.readRequest(connection);
                };
        try (ScriptedServer server =
                new ScriptedServer(answersHalf, ScriptedServer.always(ScriptedServer.OK))) {
            Connection connection = new Connection(loop, server.address());
            long before = loop.now();

            assertThat(exchange(connection, Duration.ofMillis(200)).failure)
                    .isEqualTo(Failure.TIMEOUT);

            assertThat(Duration.ofNanos(loop.now() - before))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(200));
            assertThat(exchange(connection, PATIENCE).status).isEqualTo(200);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void refusesAnAnswerThatIsNotHttp() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(ScriptedServer.once("220 mail.example ESMTP\r\n\r\n"))) {
            assertThat(exchange(new Connection(loop, server.address()), PATIENCE).failure)
                    .isEqualTo(Failure.MALFORMED_ANSWER);
        }
    }

    @Test
    void sendsARequestThatDoesNotFitTheSocketAtOnce() throws Exception {
        String json = "\"" + "x".repeat(8_000_000) + "\"";
        byte[] large = RequestWriter.to(URI.create("http://venue")).post("/", json);
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.always(ScriptedServer.OK))) {
            Connection connection = new Connection(loop, server.address());
            Heard heard = new Heard();

            connection.send(large, PATIENCE.toNanos(), heard);
            loop.run(heard::anything);

            assertThat(heard.status).isEqualTo(200);
            assertThat(exchange(connection, PATIENCE).status).isEqualTo(200);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void carriesOneRequestAtATime() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.always(ScriptedServer.OK))) {
            Connection connection = new Connection(loop, server.address());
            connection.send(GET, PATIENCE.toNanos(), new Heard());

            assertThatThrownBy(() -> connection.send(GET, PATIENCE.toNanos(), new Heard()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private Heard exchange(Connection connection, Duration timeout) throws IOException {
        Heard heard = new Heard();
        connection.send(GET, timeout.toNanos(), heard);
        assertThat(heard.anything()).as("nothing is heard from within send").isFalse();
        loop.run(heard::anything);
        return heard;
    }

    /**
     * The end of a loopback connection is there when close() has returned; the loop must look at it
     * once.
     */
    private void letTheLoopNotice() throws IOException {
        long until = loop.now() + 50_000_000;
        loop.run(() -> loop.now() > until);
    }
}
