package io.outcry.api.ws;

/** Who follows channels. Safe for use by many threads; never waits. */
interface Follower {

    /** A message of a channel, shared with others. One who is too slow for it leaves by itself. */
    default void hear(byte[] message) {
        hearMore(message);
        heardAll();
    }

    /** The same, and more comes at once: {@link #heardAll} ends it. */
    void hearMore(byte[] message);

    /** What was heard goes to the client. */
    void heardAll();
}
