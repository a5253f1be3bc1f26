package io.outcry.load.run;

import org.HdrHistogram.Histogram;

/**
 * What became of a number of requests, and how long it took from when each was due. Written by one
 * thread; read when that is done.
 */
public final class Tally {
    private static final long SMALLEST_NANOS = 1_000;
    private static final int DIGITS = 3;

    private final Histogram decided = histogram();
    private final Histogram undecided = histogram();
    private final Histogram startDelay = histogram();
    private final Counts accepted = new Counts();
    private final Counts rejected = new Counts();
    private final Counts refused = new Counts();
    private final Counts errors = new Counts();
    private final Counts retried = new Counts();
    private long sent;
    private long unknown;
    private long unsent;

    /** A request left for the first time, this long after it was due. */
    void sent(long delayNanos) {
        sent++;
        startDelay.recordValue(Math.max(0, delayNanos));
    }

    /** A request that was due and could not be sent in the run's time waited at least this long. */
    void unsent(long waitedNanos) {
        unsent++;
        undecided.recordValue(Math.max(0, waitedNanos));
    }

    /** A request came back without a decision and will be sent again. */
    void retried(Outcome outcome) {
        retried.add(outcome.label());
    }

    /** The end of a request, this long after it was due. */
    void ended(Outcome outcome, long latencyNanos) {
        if (outcome instanceof Outcome.Accepted) {
            accepted.add(outcome.label());
            decided.recordValue(latencyNanos);
            return;
        }
        if (outcome instanceof Outcome.Rejected) {
            rejected.add(outcome.label());
            decided.recordValue(latencyNanos);
            return;
        }
        undecided.recordValue(latencyNanos);
        if (outcome instanceof Outcome.Refused) {
            refused.add(outcome.label());
        } else {
            errors.add(outcome.label());
        }
        if (outcome instanceof Outcome.Unknown) {
            unknown++;
        }
    }

    /** Adds another tally to this one. */
    public void addAll(Tally others) {
        decided.add(others.decided);
        undecided.add(others.undecided);
        startDelay.add(others.startDelay);
        accepted.addAll(others.accepted);
        rejected.addAll(others.rejected);
        refused.addAll(others.refused);
        errors.addAll(others.errors);
        retried.addAll(others.retried);
        sent += others.sent;
        unknown += others.unknown;
        unsent += others.unsent;
    }

    /** Requests, each counted once however often it was sent. */
    public long sent() {
        return sent;
    }

    /** By the order's status. */
    public Counts accepted() {
        return accepted;
    }

    /** By the venue's code. */
    public Counts rejected() {
        return rejected;
    }

    /** By the venue's code. */
    public Counts refused() {
        return refused;
    }

    /**
     * By kind: unknown outcomes, requests that could not be sent, and answers that say the request
     * was wrong.
     */
    public Counts errors() {
        return errors;
    }

    /** Those of the errors that may have been carried out. */
    public long unknown() {
        return unknown;
    }

    /** Attempts that were followed by another, by what had become of them. */
    public Counts retried() {
        return retried;
    }

    public long unsent() {
        return unsent;
    }

    /** Nanoseconds from due to accepted or rejected. */
    public Histogram decided() {
        return decided;
    }

    /** Nanoseconds from due until given up: refused, failed, timed out, or not even sent. */
    public Histogram undecided() {
        return undecided;
    }

    /** Nanoseconds from due to sent. */
    public Histogram startDelay() {
        return startDelay;
    }

    private static Histogram histogram() {
        Histogram histogram = new Histogram(SMALLEST_NANOS, 2 * SMALLEST_NANOS, DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }
}
