package io.outcry.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket of a test's own. For one thread. */
final class SocketClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private SocketClient(URI uri) {
        socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(uri, new Heard())
                        .join();
    }

    static SocketClient connect(int port, String query) {
        return new SocketClient(URI.create("ws://127.0.0.1:" + port + "/ws" + query));
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void subscribe(String channel) {
        send("{\"op\":\"subscribe\",\"channels\":[\"" + channel + "\"]}");
    }

    /** The next message of that type; those of others before it are skipped. */
    JsonNode next(String type) throws InterruptedException {
        while (true) {
            JsonNode message = await(type);
            if (message.path("type").asText().equals(type)) {
                return message;
            }
        }
    }

    /** The next message but a heartbeat. */
    JsonNode next() throws InterruptedException {
        while (true) {
            JsonNode message = await("message");
            if (!message.path("type").asText().equals("heartbeat")) {
                return message;
            }
        }
    }

    /** The answer to the request of that id; what comes before it is skipped. */
    JsonNode answer(String id) throws InterruptedException {
        while (true) {
            JsonNode message = await("answer to " + id);
            if (message.path("id").asText().equals(id)) {
                return message;
            }
        }
    }

    /** Whatever comes next; an error must have a code of the contract. */
    private JsonNode await(String wanted) throws InterruptedException {
        JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no " + wanted + " came");
        }
        if (message.path("type").asText().equals("error")) {
            if (Contract.SERVED.problem(message.path("code")) == null) {
                throw new AssertionError("not documented: " + message);
            }
            Contract.SERVED.given().addCode(message.path("code").asText());
        }
        return message;
    }

    /** With what status the server closed. */
    int closeStatus() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Heard implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                try {
                    messages.add(JSON.readTree(partial.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }
    }
}
