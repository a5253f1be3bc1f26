package io.outcry.load.flow;

/** One client's stream of actions. Used by one thread. */
public interface OrderFlow {
    /**
     * The next thing to do.
     *
     * @param elapsedNanos since the run started: the price that the flow quotes around may move
     *     with it
     */
    Action next(long elapsedNanos);

    /** An order of this flow came to rest in the book, in whole or in part. */
    void rested(String orderId);
}
