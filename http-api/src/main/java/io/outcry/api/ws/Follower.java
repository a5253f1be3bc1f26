package io.outcry.api.ws;

/** Who follows channels. Safe for use by many threads; never waits. */
interface Follower {

    /** A message of a channel. One who is too slow for it leaves by itself. */
    void hear(String message);
}
