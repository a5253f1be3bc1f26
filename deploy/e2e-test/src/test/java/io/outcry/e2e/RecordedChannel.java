package io.outcry.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.stream.ChannelListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All that was heard of a channel. Written by one thread, read by any. */
final class RecordedChannel implements ChannelListener {
    private final List<JsonNode> snapshots = new CopyOnWriteArrayList<>();
    private final List<JsonNode> updates = new CopyOnWriteArrayList<>();

    @Override
    public void onSnapshot(JsonNode message) {
        snapshots.add(message);
    }

    @Override
    public void onUpdate(JsonNode message) {
        updates.add(message);
    }

    int snapshots() {
        return snapshots.size();
    }

    List<JsonNode> updates() {
        return updates;
    }

    List<String> events() {
        return updates.stream().map(each -> each.path("order").path("event").asText()).toList();
    }

    /** Whether an order was told of, by a later update than so many or by the last snapshot. */
    boolean knowsOf(String orderId, int afterUpdates) {
        boolean told =
                updates.stream()
                        .skip(afterUpdates)
                        .anyMatch(each -> each.at("/order/order/id").asText().equals(orderId));
        return told || snapshots.get(snapshots.size() - 1).findValuesAsText("id").contains(orderId);
    }
}
