package io.outcry.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Follows channels of a venue's WebSocket as long as it is open: connects anew whenever the
 * connection is lost, silent or refused, and starts over, channel by channel, wherever a message is
 * missing. Private channels go on from the last sequence that was heard. Safe for use by many
 * threads; listeners are called on a thread of its own.
 */
public final class VenueStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VenueStream.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 5_000;
    private static final long RETRY_MS = 500;
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;

    /** The id of the request to be taken in; those to follow a channel have its name. */
    private static final String AUTHENTICATION = "authentication";

    /** The server sends a heartbeat every 10 s. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(25);

    private final URI uri;
    private final @Nullable Supplier<String> tokens;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread made = new Thread(task, "venue-stream");
                        made.setDaemon(true);
                        return made;
                    });

    // For the thread alone.
    private final Map<String, ChannelState> channels = new LinkedHashMap<>();
    private @Nullable Connection connection;
    private int failures;
    private boolean closed;

    private VenueStream(URI uri, @Nullable Supplier<String> tokens) {
        this.uri = uri;
        this.tokens = tokens;
    }

    /**
     * Begins to connect.
     *
     * @param uri such as {@code ws://127.0.0.1:8080/ws}
     * @param tokens gives a valid access token whenever it is asked; null: public channels alone.
     *     What it throws is logged, and it is asked again with the next connection
     */
    public static VenueStream open(URI uri, @Nullable Supplier<String> tokens) {
        VenueStream stream = new VenueStream(uri, tokens);
        stream.thread.execute(stream::connect);
        // Runs until the thread is shut down.
        ScheduledFuture<?> unused =
                stream.thread.scheduleWithFixedDelay(stream::watch, 1, 1, TimeUnit.SECONDS);
        return stream;
    }

    /** Follows a channel, such as {@code book:AAPL}, from here on. */
    public void follow(String channel, ChannelListener listener) {
        thread.execute(
                () -> {
                    channels.put(channel, new ChannelState(listener));
                    Connection current = connection;
                    if (current != null) {
                        current.subscribe(List.of(channel));
                    }
                });
    }

    private void connect() {
        if (closed) {
            return;
        }
        Connection next = new Connection();
        connection = next;
        CompletableFuture<WebSocket> unused =
                http.newWebSocketBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .buildAsync(uri, next)
                        .whenComplete(
                                (socket, failure) -> {
                                    if (failure != null) {
                                        run(() -> lost(next, failure.toString()));
                                    }
                                });
    }

    /** Unless it is closed meanwhile. */
    private void run(Runnable task) {
        if (!thread.isShutdown()) {
            thread.execute(task);
        }
    }

    private void lost(Connection which, String why) {
        if (which != connection || closed) {
            return;
        }
        LOG.debug("connection lost: {}", why);
        connection = null;
        channels.values().forEach(ChannelState::stale);
        long most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(failures, 10));
        failures++;
        // All of the clients of a replica that went must not come at once.
        long pause = 1 + ThreadLocalRandom.current().nextLong(most);
        ScheduledFuture<?> unused = thread.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
    }

    private void watch() {
        Connection current = connection;
        if (current != null && System.nanoTime() - current.heardNanos > SILENCE_NANOS) {
            current.abort();
            lost(current, "silent");
        }
    }

    @Override
    public void close() {
        run(
                () -> {
                    closed = true;
                    Connection current = connection;
                    if (current != null) {
                        current.abort();
                    }
                    thread.shutdown();
                });
    }

    /** One connection; its callbacks hand over to the stream's thread. */
    private final class Connection implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();
        private volatile long heardNanos = System.nanoTime();

        // For the stream's thread alone.
        private @Nullable WebSocket socket;
        private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

        @Override
        public void onOpen(WebSocket opened) {
            run(
                    () -> {
                        socket = opened;
                        opened.request(1);
                        try {
                            authenticate();
                        } catch (RuntimeException e) {
                            LOG.warn("there is no access token, so the connection is ended", e);
                            abort();
                            lost(this, "no access token");
                            return;
                        }
                        subscribe(List.copyOf(channels.keySet()));
                    });
        }

        private void authenticate() {
            if (tokens != null) {
                send(
                        JSON.createObjectNode()
                                .put("op", "authenticate")
                                .put("id", AUTHENTICATION)
                                .put("token", tokens.get()));
            }
        }

        /** Each on its own: each goes on from another sequence. */
        void subscribe(List<String> names) {
            if (socket == null) {
                return;
            }
            for (String name : names) {
                ChannelState state = channels.get(name);
                ObjectNode request = JSON.createObjectNode().put("op", "subscribe").put("id", name);
                ArrayNode channel = request.putArray("channels");
                channel.add(name);
                boolean isPrivate = name.indexOf(':') < 0;
                if (state != null && isPrivate && state.canContinue()) {
                    request.put("after_sequence", state.sequence());
                    state.expectContinuation();
                }
                send(request);
            }
        }

        private void startOver(String name) {
            ObjectNode request = JSON.createObjectNode().put("op", "unsubscribe");
            request.putArray("channels").add(name);
            send(request);
            subscribe(List.of(name));
        }

        private void send(ObjectNode request) {
            WebSocket open = socket;
            if (open != null) {
                sent = sent.thenCompose(done -> open.sendText(request.toString(), true));
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
                run(
                        () -> {
                            try {
                                take(text);
                            } catch (RuntimeException e) {
                                LOG.error("a listener failed, and has not heard all", e);
                            }
                            from.request(1);
                        });
            } else {
                from.request(1);
            }
            return null;
        }

        private void take(String text) {
            if (this != connection || closed) {
                return;
            }
            try {
                JsonNode message = JSON.readTree(text);
                String name = message.path("channel").asText();
                ChannelState state = channels.get(name);
                if (message.path("type").asText().equals("error")) {
                    LOG.warn("the venue refused a request: {}", text);
                    refused(message);
                } else if (state != null && !name.isEmpty()) {
                    failures = 0;
                    if (state.take(message) == ChannelState.Verdict.GAP) {
                        startOver(name);
                    }
                }
            } catch (JsonProcessingException e) {
                LOG.warn("the venue sent what is not JSON", e);
            }
        }

        /** What is refused only for now is asked for again. */
        private void refused(JsonNode message) {
            String id = message.path("id").asText();
            int status = message.path("status").asInt();
            ChannelState state = channels.get(id);
            if (id.equals(AUTHENTICATION)) {
                abort();
                lost(this, "not taken in");
            } else if (state != null && (status >= FAILED || status == TOO_MANY)) {
                state.stale();
                ScheduledFuture<?> unused =
                        thread.schedule(
                                () -> subscribeAgain(id),
                                Math.max(RETRY_MS, message.path("retry_after_ms").asLong()),
                                TimeUnit.MILLISECONDS);
            }
        }

        private void subscribeAgain(String name) {
            if (this == connection) {
                subscribe(List.of(name));
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
