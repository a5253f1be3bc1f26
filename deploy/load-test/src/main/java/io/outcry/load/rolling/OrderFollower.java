package io.outcry.load.rolling;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.load.rolling.RollingRun.Followed;
import io.outcry.stream.ChannelListener;
import io.outcry.stream.VenueStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows an account's orders by WebSocket, and keeps what it was told: each order that was
 * accepted and each side of a trade. Safe for use by many threads.
 */
final class OrderFollower implements ChannelListener, AutoCloseable {
    private static final long FIRST_WITHIN_S = 10;
    private static final long LOOK_AGAIN_MS = 200;

    private final String token;
    private final VenueStream stream;
    private final CountDownLatch known = new CountDownLatch(1);

    // Guarded by this.
    private final Set<String> told = new HashSet<>();
    private long events;
    private long repeated;
    private int snapshots;
    private int interruptions;

    private OrderFollower(URI target, String token) {
        this.token = token;
        stream = VenueStream.open(URI.create("ws://" + target.getAuthority() + "/ws"), () -> token);
    }

    static OrderFollower of(URI target, String token) {
        OrderFollower follower = new OrderFollower(target, token);
        follower.stream.follow("orders", follower);
        return follower;
    }

    /** From then on it is told of everything. */
    void awaitSnapshot() {
        try {
            if (!known.await(FIRST_WITHIN_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a client was told nothing of its orders");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void onSnapshot(JsonNode message) {
        snapshots++;
        known.countDown();
    }

    @Override
    public synchronized void onUpdate(JsonNode message) {
        events++;
        JsonNode order = message.path("order");
        String what =
                switch (order.path("event").asText()) {
                    case "ACCEPTED" -> order(order.at("/order/id").asText());
                    case "TRADED" ->
                            fill(order.path("order_id").asText(), order.path("trade_id").asText());
                    default -> "";
                };
        if (!what.isEmpty() && !told.add(what)) {
            repeated++;
        }
    }

    @Override
    public synchronized void onStale() {
        interruptions++;
    }

    private static String order(String id) {
        return "order " + id;
    }

    private static String fill(String orderId, String tradeId) {
        return "fill of order " + orderId + " in trade " + tradeId;
    }

    /** Compares with what the venue lists, once all of that should have been told. */
    Followed compare(Statements statements, Duration patience) throws IOException {
        Set<String> listed = listed(statements);
        long endNanos = System.nanoTime() + patience.toNanos();
        while (missing(listed).size() > 0 && System.nanoTime() - endNanos < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        Set<String> missing = missing(listed);
        synchronized (this) {
            Set<String> unlisted = new HashSet<>(told);
            unlisted.removeAll(listed);
            return new Followed(
                    events,
                    interruptions,
                    snapshots,
                    missing.size(),
                    unlisted.size(),
                    repeated,
                    difference(missing, unlisted));
        }
    }

    private static @Nullable String difference(Set<String> missing, Set<String> unlisted) {
        if (!missing.isEmpty()) {
            return "not told: " + missing.iterator().next();
        }
        return unlisted.isEmpty() ? null : "not listed: " + unlisted.iterator().next();
    }

    private synchronized Set<String> missing(Set<String> listed) {
        Set<String> missing = new HashSet<>(listed);
        missing.removeAll(told);
        return missing;
    }

    private Set<String> listed(Statements statements) throws IOException {
        Set<String> listed = new HashSet<>();
        for (List<String> row : statements.read(token, "orders", List.of("order_id"))) {
            listed.add(order(row.get(0)));
        }
        for (List<String> row : statements.read(token, "fills", List.of("order_id", "trade_id"))) {
            listed.add(fill(row.get(0), row.get(1)));
        }
        return listed;
    }

    @Override
    public void close() {
        stream.close();
    }
}
