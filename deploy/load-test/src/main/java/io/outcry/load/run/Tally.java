package io.outcry.load.run;

/**
 * What became of a number of requests, and how long it took from when each was due. Written by one
 * thread; read when that is done.
 */
public final class Tally {
    private final Latencies decided = new Latencies();
    private final Latencies undecided = new Latencies();
    private final Latencies startDelay = new Latencies();
    private final Counts accepted = new Counts();
    private final Counts rejected = new Counts();
    private final Counts refused = new Counts();
    private final Counts errors = new Counts();
    private final Counts retried = new Counts();
    private long sent;
    private long unknown;
    private long unsent;

    /** A request left for the first time. */
    void countSent() {
        sent++;
    }

    /** It left this long after its schedule said. */
    void recordStartDelay(long delayNanos) {
        startDelay.record(delayNanos);
    }

    /** A request that was due and could not be sent in the run's time waited at least this long. */
    void countUnsent(long waitedNanos) {
        unsent++;
        undecided.record(waitedNanos);
    }

    /** A request came back without a decision and will be sent again. */
    void countRetry(Outcome outcome) {
        retried.add(outcome.label());
    }

    /** The end of a request, this long after it was due. */
    void countEnd(Outcome outcome, long latencyNanos) {
        if (outcome instanceof Outcome.Accepted) {
            accepted.add(outcome.label());
            decided.record(latencyNanos);
            return;
        }
        if (outcome instanceof Outcome.Rejected) {
            rejected.add(outcome.label());
            decided.record(latencyNanos);
            return;
        }
        undecided.record(latencyNanos);
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
        decided.addAll(others.decided);
        undecided.addAll(others.undecided);
        startDelay.addAll(others.startDelay);
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
    public Latencies decided() {
        return decided;
    }

    /** Nanoseconds from due until given up: refused, failed, timed out, or not even sent. */
    public Latencies undecided() {
        return undecided;
    }

    /** Nanoseconds from due to sent, of requests that had a schedule. */
    public Latencies startDelay() {
        return startDelay;
    }
}
