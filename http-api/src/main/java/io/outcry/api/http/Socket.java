package io.outcry.api.http;

/** One client's WebSocket, as the server writes to it. Safe for use by many threads. */
public interface Socket {

    /** Of the request that opened it. */
    String requestId();

    /** What stands for the client where clients are counted by address. */
    String site();

    /**
     * Sends a message. The next may be sent once the outcome is known: what is sent earlier waits
     * in memory without a bound.
     *
     * @param utf8 the text; stays the caller's, who may send it to others too and must not change
     *     it
     * @param order whether another message is sent as soon as this one's outcome is known
     */
    void send(byte[] utf8, Order order, Outcome outcome);

    /** Where a message stands among those that are sent together. */
    enum Order {
        /** It may wait for the next, which follows at once whatever becomes of this one. */
        MORE_FOLLOW,
        LAST
    }

    /** Says good-bye; what was sent before goes first. */
    void close(int status, String reason);

    /** Ends the connection at once, for a client that takes nothing, not even a good-bye. */
    void cut();

    /** What became of a message; called once, perhaps before {@code send} returns. */
    interface Outcome {
        void sent();

        void failed();
    }

    /** What the client does; called by one thread at a time, which must not wait. */
    interface Listener {
        /** All that it does from here on is heard. */
        void opened();

        void received(String text);

        /** Nothing follows. */
        void closed();
    }
}
