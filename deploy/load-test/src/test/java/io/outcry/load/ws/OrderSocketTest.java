package io.outcry.load.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.load.flow.Mix;
import io.outcry.load.flow.OrderFlow;
import io.outcry.load.run.Pace;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A venue that leaves answers out. */
@Timeout(30)
class OrderSocketTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final String UPGRADED = "HTTP/1.1 101 Switching Protocols\r\nA: b\r\n\r\n";

    private final OrderFlow flow = Mix.marketFlows("AAPL", 1).get(0);
    private ServerSocket listener;
    private final List<Long> statuses = new ArrayList<>();
    private final List<Long> undecided = new ArrayList<>();
    private final OrderSocket.Answers answers =
            new OrderSocket.Answers() {
                @Override
                public void answered(long status, String code, long sentNanos, long latencyNanos) {
                    statuses.add(status);
                }

                @Override
                public void undecided(long sentNanos) {
                    undecided.add(sentNanos);
                }
            };

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    /** Sends that at once and then nothing; takes whatever comes. */
    private void serve(String text) {
        Thread thread =
                new Thread(
                        () -> {
                            try (Socket socket = listener.accept()) {
                                socket.getOutputStream()
                                        .write(text.getBytes(StandardCharsets.ISO_8859_1));
                                long unused =
                                        socket.getInputStream()
                                                .transferTo(OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                // The client broke it off.
                            }
                        });
        thread.setDaemon(true);
        thread.start();
    }

    private static String message(String json) {
        return "\u0081" + (char) json.length() + json;
    }

    private OrderSocket open() throws IOException {
        URI target = URI.create("http://127.0.0.1:" + listener.getLocalPort());
        return OrderSocket.open(target, "t", flow, 3, PATIENCE);
    }

    @Test
    void whatIsNeverAnsweredIsUndecided() throws Exception {
        serve(
                UPGRADED
                        + message("{\"type\":\"authenticated\"}")
                        + message("{\"type\":\"order\",\"id\":\"1\",\"status\":201}"));

        try (OrderSocket socket = open()) {
            socket.trade(
                    System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200),
                    Pace.backToBack(),
                    answers);
        }

        assertThat(statuses).containsExactly(201L);
        assertThat(undecided).hasSize(3);
    }

    @Test
    void aVenueThatDoesNotAnswerAtAllIsToldOf() {
        serve("");

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("500 ms");
    }
}
