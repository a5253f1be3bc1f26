package io.outcry.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpHealthTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Optional<String> problemWithAnswer(int status) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/health",
                exchange -> {
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
        try {
            return HttpHealth.problem(uri(server), LIMIT);
        } finally {
            server.stop(0);
        }
    }

    private static URI uri(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
    }

    @Test
    void anAnswer200IsHealthy() throws IOException {
        assertThat(problemWithAnswer(200)).isEmpty();
    }

    @Test
    void anyOtherAnswerIsToldByItsStatus() throws IOException {
        assertThat(problemWithAnswer(503)).get().asString().endsWith("answers 503");
    }

    @Test
    void aServerThatIsNotThereIsToldToo() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        URI uri = uri(server);
        server.start();
        server.stop(0);
        assertThat(HttpHealth.problem(uri, LIMIT)).get().asString().contains("does not answer");
    }
}
