package io.outcry.load.run;

/** Says when one client's orders are due, on the clock that it is asked by. Used by one thread. */
public interface Pace {
    /**
     * When the next order is due; each call asks for one order more.
     *
     * @param freeAt when the client is able to send it
     */
    long nextDue(long freeAt);

    /** As soon as the client is free: what a slow answer delays is not missed. */
    static Pace backToBack() {
        return freeAt -> freeAt;
    }

    /**
     * A fixed schedule whatever becomes of earlier orders, so that latency counted from it leaves
     * nothing out. The clients take turns.
     */
    static Pace fixedRate(long startNanos, long ratePerSecond, int client, int clients) {
        return fixedRate(startNanos, ratePerSecond, 1, client, clients);
    }

    /**
     * The same, of batches of orders.
     *
     * @param ratePerSecond of orders
     */
    static Pace fixedRate(long startNanos, long ratePerSecond, int batch, int client, int clients) {
        return new Pace() {
            private long nextOrder = (long) client * batch;

            @Override
            public long nextDue(long freeAt) {
                long due =
                        startNanos + Math.multiplyExact(nextOrder, 1_000_000_000L) / ratePerSecond;
                nextOrder += (long) clients * batch;
                return due;
            }
        };
    }
}
