package io.outcry.stream;

import com.fasterxml.jackson.databind.JsonNode;

/** Up to where one channel has been followed. Guarded by the stream that it is of. */
final class ChannelState {
    private final ChannelListener listener;
    private long sequence;
    private boolean synced;
    private boolean everSynced;

    ChannelState(ChannelListener listener) {
        this.listener = listener;
    }

    /** What a message means for the channel. */
    enum Verdict {
        FOLLOWED,
        /** Something is missing before it: the channel must be subscribed to anew. */
        GAP
    }

    Verdict take(JsonNode message) {
        switch (message.path("type").asText()) {
            case "snapshot" -> {
                sequence = message.path("sequence").asLong();
                synced = true;
                everSynced = true;
                listener.onSnapshot(message);
            }
            case "update" -> {
                if (!synced) {
                    return Verdict.FOLLOWED;
                }
                if (message.path("prev_sequence").asLong() != sequence) {
                    stale();
                    return Verdict.GAP;
                }
                sequence = message.path("sequence").asLong();
                listener.onUpdate(message);
            }
            default -> stale();
        }
        return Verdict.FOLLOWED;
    }

    void stale() {
        if (synced) {
            synced = false;
            listener.onStale();
        }
    }

    /** Asked to go on after {@link #sequence}, the server may answer with updates at once. */
    void expectContinuation() {
        synced = true;
    }

    /** Whether there is a sequence to go on from. */
    boolean canContinue() {
        return everSynced;
    }

    long sequence() {
        return sequence;
    }
}
