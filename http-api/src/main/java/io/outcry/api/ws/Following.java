package io.outcry.api.ws;

/**
 * One channel of one client, about which everything that might wait or fail is done.
 *
 * @param begin tells how things stand and then what changes; never waits
 * @param leave tells nothing more, whether it was begun or not
 */
record Following(Runnable begin, Runnable leave) {}
