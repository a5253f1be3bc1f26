package io.outcry.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.outcry.stream.VenueOrders.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Requests that are not settled, in the order in which they were made. For one thread. */
final class OpenRequests {
    /** Half of what the venue lets one connection have under way. */
    static final int MOST_UNDER_WAY = 128;

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long lastId;
    private int underWay;

    /** One request, which is under way or waits to be sent. */
    private static final class Entry {
        private final ObjectNode request;
        private final CompletableFuture<Answer> answer;
        private boolean underWay;

        Entry(ObjectNode request, CompletableFuture<Answer> answer) {
            this.request = request;
            this.answer = answer;
        }
    }

    void add(ObjectNode request, CompletableFuture<Answer> answer) {
        String id = Long.toString(++lastId);
        entries.put(id, new Entry(request.put("id", id), answer));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** What is to be sent now: it then is under way. */
    List<ObjectNode> takeReady() {
        List<ObjectNode> ready = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (underWay == MOST_UNDER_WAY) {
                break;
            }
            if (!entry.underWay) {
                entry.underWay = true;
                underWay++;
                ready.add(entry.request);
            }
        }
        return ready;
    }

    void settle(String id, Answer answer) {
        Entry entry = entries.remove(id);
        if (entry != null) {
            land(entry);
            entry.answer.complete(answer);
        }
    }

    void sendAgain(String id) {
        land(entries.get(id));
    }

    void sendAllAgain() {
        entries.values().forEach(this::land);
    }

    private void land(@Nullable Entry entry) {
        if (entry != null && entry.underWay) {
            entry.underWay = false;
            underWay--;
        }
    }

    void fail() {
        for (Entry entry : entries.values()) {
            entry.answer.completeExceptionally(
                    new CancellationException("closed before the venue has answered"));
        }
        entries.clear();
    }
}
