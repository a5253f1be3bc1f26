package io.outcry.load.run;

import java.util.concurrent.atomic.LongAdder;

/** Running totals for whoever watches a run. Thread-safe. */
public final class LiveCounts {
    private final LongAdder decided = new LongAdder();
    private final LongAdder undecided = new LongAdder();

    void add(Outcome outcome) {
        (outcome.isDecided() ? decided : undecided).increment();
    }

    /** Orders accepted or rejected so far, warm-up included. */
    public long decided() {
        return decided.sum();
    }

    /** Attempts so far that were refused, failed or got no answer. */
    public long undecided() {
        return undecided.sum();
    }
}
