package io.outcry.stream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Hears one channel without a gap: a snapshot first, then every update that follows on it. Called
 * by one thread at a time, which must not wait.
 */
public interface ChannelListener {

    /** How things stand; what was known before is to be forgotten. */
    void onSnapshot(JsonNode message);

    /** What has changed since the message before. */
    void onUpdate(JsonNode message);

    /** Nothing is known for now: a snapshot will come, or the updates that were missed. */
    default void onStale() {}
}
