package io.outcry.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.TestClient.Trader;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whoever reads its answer slowly keeps nobody else waiting. */
class SlowReaderTest {
    private static final int ORDERS = 40_000;

    @AutoClose
    private final TestVenue venue =
            new TestVenue(Map.of("OUTCRY_ENGINE_DEADLINE_MS", "20000"), List.of());

    @AutoClose("shutdownNow")
    private final ExecutorService engineThread = Executors.newSingleThreadExecutor();

    @Test
    void theEnginesAnswersDoNotWaitForIt() throws Exception {
        venue.start();
        Trader trader = venue.register();
        venue.post("/api/orders", trader, TestClient.order("BUY", "1", "10"));
        multiply(venue.engine.orders.get(1L));
        venue.engine.later =
                CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS, engineThread);
        venue.engine.mode = FakeEngine.Mode.LATE;
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4_096);
            slow.setSoTimeout(20_000);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), venue.port()));
            // With a body of no announced length it takes the way on which writing blocks.
            slow.getOutputStream()
                    .write(
                            """
                            DELETE /api/orders HTTP/1.1\r
                            Host: localhost\r
                            Authorization: Bearer %s\r
                            Transfer-Encoding: chunked\r
                            \r
                            0\r
                            \r
                            """
                                    .formatted(trader.token())
                                    .getBytes(US_ASCII));
            String begin = new String(slow.getInputStream().readNBytes(12), US_ASCII);
            assertThat(begin).isEqualTo("HTTP/1.1 200");

            engineThread.submit(() -> {}).get(10, TimeUnit.SECONDS);
        }
    }

    private void multiply(Order order) {
        for (long id = 2; id <= ORDERS; id++) {
            venue.engine.orders.put(
                    id,
                    new Order(
                            new OrderId(id),
                            order.terms(),
                            order.status(),
                            null,
                            0,
                            0,
                            0,
                            order.createdAtNanos(),
                            order.updatedAtNanos(),
                            order.sequence()));
        }
    }
}
