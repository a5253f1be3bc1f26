package io.outcry.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Clients with connections that last, as a proxy's, while a replica stops. */
@Timeout(60)
class DrainTest {
    private static final int CLIENTS = 16;

    /** Answers, before the replica stops. */
    private static final int ENOUGH = 200;

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

    private final CountDownLatch enough = new CountDownLatch(ENOUGH);
    private final AtomicInteger unanswered = new AtomicInteger();

    @RepeatedTest(6)
    void noConnectionEndsAfterAnAnswerThatSaysThatItGoesOn() throws Exception {
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        try (TestVenue venue =
                new TestVenue(Map.of("OUTCRY_DRAIN_TIMEOUT_MS", "4000"), List.of())) {
            venue.start();
            String token = venue.register().token();
            int port = venue.port();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(CompletableFuture.runAsync(() -> ask(port, token), threads));
            }
            enough.await();
        }
        clients.forEach(CompletableFuture::join);

        assertThat(unanswered).hasValue(0);
    }

    /** Until the venue takes no connection any more. */
    private void ask(int port, String token) {
        String body = TestClient.order("BUY", "1", "1");
        byte[] request =
                ("POST /api/orders/test HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                                + token
                                + "\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body)
                        .getBytes(ISO_8859_1);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                ask(socket, request);
            } catch (IOException refused) {
                return;
            }
        }
    }

    /** Until an answer says that the connection ends with it. */
    private void ask(Socket socket, byte[] request) {
        boolean first = true;
        String head = "";
        while (!head.contains("connection: close")) {
            try {
                socket.getOutputStream().write(request);
                head = answer(socket.getInputStream());
                enough.countDown();
            } catch (IOException e) {
                // A new connection may have waited to be accepted.
                unanswered.addAndGet(first ? 0 : 1);
                return;
            }
            first = false;
        }
    }

    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection has ended");
            }
            head.append((char) next);
        }
        String text = head.toString().toLowerCase(Locale.ROOT);
        int at = text.indexOf("content-length: ") + "content-length: ".length();
        in.readNBytes(Integer.parseInt(text.substring(at, text.indexOf('\r', at))));
        return text;
    }
}
