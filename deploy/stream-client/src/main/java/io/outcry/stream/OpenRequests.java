package io.outcry.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.outcry.stream.VenueOrders.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Requests that are not settled, in the order in which they were made. For one thread. */
final class OpenRequests {
    /** Half of what the venue lets one connection have under way. */
    static final int MOST_UNDER_WAY = 128;

    /** Sent later once more, they undo what was asked for in between. */
    private static final Set<String> SENT_ONCE = Set.of("replace", "cancel_all");

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

        private boolean isSentOnce() {
            return SENT_ONCE.contains(request.path("op").asText());
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

    /** Whether the request may be repeated when it was not decided. */
    boolean mayBeRepeated(String id) {
        Entry entry = entries.get(id);
        return entry != null && !entry.isSentOnce();
    }

    void sendAgain(String id) {
        land(entries.get(id));
    }

    /**
     * All that was under way is to be sent again, but for what may not be repeated: that is
     * settled.
     */
    void sendAllAgain(Answer lost) {
        for (Map.Entry<String, Entry> each : List.copyOf(entries.entrySet())) {
            Entry entry = each.getValue();
            if (entry.underWay && entry.isSentOnce()) {
                settle(each.getKey(), lost);
            }
            land(entry);
        }
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
