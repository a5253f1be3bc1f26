package io.outcry.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places and cancels orders by a venue's WebSocket. To place or cancel an order is sent until it is
 * settled: again on the next connection when the one that it went by has ended, and again when the
 * venue had no room for it or could not tell what became of it. Every order gets a client order id,
 * so none executes twice. To replace an order and to cancel all is sent once, since a repetition
 * would undo what came in between: 503 says that it was not done, 504 that nobody can tell, as when
 * the connection is lost. Connects when there is something to send. Safe for use by many threads;
 * answers come on a thread of its own.
 */
public final class VenueOrders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VenueOrders.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 5_000;
    private static final long RETRY_MS = 100;

    /** The server sends a heartbeat every 10 s. */
    private static final Duration SILENCE = Duration.ofSeconds(25);

    private static final int UNAUTHENTICATED = 401;
    private static final int UNAVAILABLE = 503;
    private static final int UNKNOWN = 504;
    private static final Answer LOST =
            new Answer(
                    UNKNOWN,
                    JSON.createObjectNode()
                            .put("type", "error")
                            .put("status", UNKNOWN)
                            .put("code", "ORDER_STATUS_UNKNOWN")
                            .put("detail", "the connection was lost before the answer came"));

    private final URI uri;
    private final Supplier<String> tokens;
    private final Duration silence;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread made = new Thread(task, "venue-orders");
                        made.setDaemon(true);
                        return made;
                    });

    // For the thread alone.
    private final OpenRequests requests = new OpenRequests();
    private @Nullable Connection connection;
    private boolean connecting;
    private int failures;
    private boolean closed;

    /**
     * Looks after its connection from now on.
     *
     * @param silence after which a connection has been lost
     */
    VenueOrders(URI uri, Supplier<String> tokens, Duration silence) {
        this.uri = uri;
        this.tokens = tokens;
        this.silence = silence;
        long periodMs = Math.min(1_000, silence.toMillis());
        // Runs until the thread is shut down.
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(
                        this::watch, periodMs, periodMs, TimeUnit.MILLISECONDS);
    }

    /**
     * For one account.
     *
     * @param uri such as {@code ws://127.0.0.1:8080/ws}
     * @param tokens gives a valid access token whenever it is asked. What it throws is logged, and
     *     it is asked again with the next connection
     */
    public static VenueOrders at(URI uri, Supplier<String> tokens) {
        return new VenueOrders(uri, tokens, SILENCE);
    }

    /**
     * What the venue has decided.
     *
     * @param status as HTTP has it: 201 and 200 are good
     * @param body the whole message: with {@code order}, or {@code code} and {@code detail}
     */
    public record Answer(int status, JsonNode body) {}

    /** Places an order, with the members that {@code POST /api/orders} takes. */
    public CompletableFuture<Answer> place(ObjectNode order) {
        ObjectNode named = order.deepCopy();
        if (!named.hasNonNull("client_order_id")) {
            named.put("client_order_id", UUID.randomUUID().toString());
        }
        return ask(request("place").set("order", named));
    }

    /** Gives an open order these terms. */
    public CompletableFuture<Answer> replace(String orderId, ObjectNode terms) {
        return ask(request("replace").put("order_id", orderId).set("terms", terms.deepCopy()));
    }

    public CompletableFuture<Answer> cancel(String orderId) {
        return ask(request("cancel").put("order_id", orderId));
    }

    public CompletableFuture<Answer> cancelByClientOrderId(String clientOrderId) {
        return ask(request("cancel").put("client_order_id", clientOrderId));
    }

    public CompletableFuture<Answer> cancelAll() {
        return ask(request("cancel_all"));
    }

    private static ObjectNode request(String op) {
        return JSON.createObjectNode().put("op", op);
    }

    private CompletableFuture<Answer> ask(ObjectNode request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        thread.execute(
                () -> {
                    requests.add(request, answer);
                    sendReady();
                });
        return answer;
    }

    /** On the way to a connection nothing is sent; once there is one, all that waits is. */
    private void sendReady() {
        Connection current = connection;
        if (closed || requests.isEmpty()) {
            return;
        }
        if (current != null) {
            if (current.authenticated) {
                requests.takeReady().forEach(current::send);
            }
        } else if (!connecting) {
            connect();
        }
    }

    private void connect() {
        connecting = true;
        CompletableFuture<WebSocket> unused =
                http.newWebSocketBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .buildAsync(uri, new Connection())
                        .whenComplete(
                                (socket, failure) -> {
                                    if (failure != null) {
                                        run(() -> lost(null, failure.toString()));
                                    }
                                });
    }

    /** Unless it is closed meanwhile. */
    private void run(Runnable task) {
        if (!thread.isShutdown()) {
            thread.execute(task);
        }
    }

    private void later(Runnable task, long delayMs) {
        ScheduledFuture<?> unused = thread.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }

    private void lost(@Nullable Connection which, String why) {
        if (which != connection || closed) {
            return;
        }
        LOG.debug("connection lost: {}", why);
        connection = null;
        requests.sendAllAgain(LOST);
        long most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(failures, 10));
        failures++;
        connecting = true;
        later(
                () -> {
                    connecting = false;
                    sendReady();
                },
                1 + ThreadLocalRandom.current().nextLong(most));
    }

    private void watch() {
        Connection current = connection;
        if (current != null && System.nanoTime() - current.heardNanos > silence.toNanos()) {
            current.abort();
            lost(current, "silent");
        }
    }

    /** Ends; what was not settled by then never is, here. */
    @Override
    public void close() {
        run(
                () -> {
                    closed = true;
                    Connection current = connection;
                    if (current != null) {
                        current.abort();
                    }
                    requests.fail();
                    thread.shutdown();
                });
    }

    private void take(JsonNode message) {
        String id = message.path("id").asText();
        int status = message.path("status").asInt();
        if (id.isEmpty() || status == UNAUTHENTICATED) {
            LOG.debug("the venue says {}", message);
        } else if ((status == UNAVAILABLE || status == UNKNOWN) && requests.mayBeRepeated(id)) {
            later(
                    () -> {
                        requests.sendAgain(id);
                        sendReady();
                    },
                    message.path("retry_after_ms").asLong(RETRY_MS));
        } else {
            failures = 0;
            requests.settle(id, new Answer(status, message));
            sendReady();
        }
    }

    /** One connection; its callbacks hand over to the client's thread. */
    private final class Connection implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();
        private volatile long heardNanos = System.nanoTime();

        // For the client's thread alone.
        private @Nullable WebSocket socket;
        private boolean authenticated;
        private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

        @Override
        public void onOpen(WebSocket opened) {
            run(
                    () -> {
                        socket = opened;
                        connection = this;
                        connecting = false;
                        opened.request(1);
                        try {
                            send(request("authenticate").put("token", tokens.get()));
                        } catch (RuntimeException e) {
                            LOG.warn("there is no access token, so the connection is ended", e);
                            abort();
                            lost(this, "no access token");
                        }
                    });
        }

        void send(ObjectNode request) {
            WebSocket open = socket;
            if (open != null) {
                String text = request.toString();
                sent = sent.thenCompose(done -> open.sendText(text, true));
            }
        }

        void abort() {
            if (socket != null) {
                socket.abort();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            heardNanos = System.nanoTime();
            partial.append(data);
            if (last) {
                String text = partial.toString();
                partial.setLength(0);
                run(() -> hear(text));
            }
            from.request(1);
            return null;
        }

        private void hear(String text) {
            if (this != connection) {
                return;
            }
            try {
                JsonNode message = JSON.readTree(text);
                if (message.path("type").asText().equals("authenticated")) {
                    authenticated = true;
                    sendReady();
                } else {
                    take(message);
                }
            } catch (JsonProcessingException e) {
                LOG.warn("the venue sent what is not JSON", e);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            run(() -> lost(this, status + " " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            run(() -> lost(this, error.toString()));
        }
    }
}
