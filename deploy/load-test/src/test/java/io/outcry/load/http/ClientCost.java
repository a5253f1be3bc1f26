package io.outcry.load.http;

import com.sun.management.OperatingSystemMXBean;
import io.outcry.load.Main;
import io.outcry.load.bare.BareProcess;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures the processor time that a client spends on one order: this package's, one thread per
 * connection on blocking sockets, and the JDK's own client. The bare server runs in a process of
 * its own.
 */
final class ClientCost {
    private static final int CLIENTS = 40;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(8);
    private static final long TIMEOUT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final String JSON =
            """
            {"symbol":"AAPL","side":"BUY","order_type":"MARKET","quantity":"100","price":"150"}""";

    private final int port;
    private final byte[] request;
    private final LongAdder answers = new LongAdder();
    private volatile boolean over;

    private ClientCost(int port) {
        this.port = port;
        request =
                RequestWriter.to(URI.create("http://127.0.0.1:" + port)).post("/api/orders", JSON);
    }

    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "%-34s %12s %18s%n", CLIENTS + " connections", "requests/s", "us CPU/request");
        try (BareProcess server = BareProcess.start(Main.class)) {
            new ClientCost(server.port()).discard();
            for (int round = 0; round < 3; round++) {
                new ClientCost(server.port())
                        .measure("event loop (this client)", cost -> cost.eventLoop());
                new ClientCost(server.port())
                        .measure(
                                "thread each, blocking sockets",
                                cost -> cost.threads(cost::socket));
                new ClientCost(server.port())
                        .measure(
                                "thread each, java.net.http",
                                cost -> cost.threads(cost.jdkClient()));
            }
        }
    }

    private interface Load {
        List<Thread> start(ClientCost cost) throws Exception;
    }

    /** Warms the server up, so that the first figure is not its compiler's. */
    private void discard() throws Exception {
        end(eventLoop(), WARM_UP.plus(MEASURED));
    }

    private void measure(String name, Load load) throws Exception {
        List<Thread> threads = load.start(this);
        Thread.sleep(WARM_UP.toMillis());
        long answersBefore = answers.sum();
        long cpuBefore = cpuNanos();
        long start = System.nanoTime();
        Thread.sleep(MEASURED.toMillis());
        long count = answers.sum() - answersBefore;
        double cpuMicros = (cpuNanos() - cpuBefore) / 1e3 / count;
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "%-34s %,12.0f %18.1f%n", name, count / seconds, cpuMicros);
        end(threads, Duration.ZERO);
    }

    private void end(List<Thread> threads, Duration after) throws InterruptedException {
        Thread.sleep(after.toMillis());
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private List<Thread> eventLoop() {
        return List.of(
                started(
                        () -> {
                            try (EventLoop loop = new EventLoop()) {
                                InetSocketAddress address =
                                        new InetSocketAddress(
                                                InetAddress.getLoopbackAddress(), port);
                                for (int client = 0; client < CLIENTS; client++) {
                                    new BackToBack(new Connection(loop, address)).send();
                                }
                                loop.run(() -> over);
                            }
                            return null;
                        }));
    }

    private final class BackToBack implements AnswerHandler {
        private final Connection connection;

        BackToBack(Connection connection) {
            this.connection = connection;
        }

        void send() {
            connection.send(request, TIMEOUT_NANOS, this);
        }

        @Override
        public void answered(Answer answer) {
            answers.increment();
            send();
        }

        @Override
        public void failed(Failure failure) {
            throw new IllegalStateException(failure.label());
        }
    }

    private List<Thread> threads(Callable<?> client) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            threads.add(started(client));
        }
        return threads;
    }

    private Void socket() throws IOException {
        AnswerParser parser = new AnswerParser();
        byte[] input = new byte[8192];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            while (!over) {
                socket.getOutputStream().write(request);
                parser.reset();
                boolean complete;
                do {
                    complete = parser.feed(ByteBuffer.wrap(input, 0, in.read(input)));
                } while (!complete);
                answers.increment();
            }
        }
        return null;
    }

    private Callable<?> jdkClient() {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest post =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/orders"))
                        .POST(HttpRequest.BodyPublishers.ofString(JSON))
                        .build();
        return () -> {
            while (!over) {
                client.send(post, HttpResponse.BodyHandlers.ofByteArray());
                answers.increment();
            }
            return null;
        };
    }

    private static Thread started(Callable<?> work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.call();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        thread.start();
        return thread;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
