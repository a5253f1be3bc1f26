package io.outcry.load.report;

import io.outcry.load.run.Latencies;
import io.outcry.load.run.Tally;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of orders, or of cancels. Each is counted once, however often it was sent; {@code
 * sent} is the sum of {@code accepted}, {@code rejected}, {@code refused} and {@code errors}, and
 * of those still under way when a run is stopped early.
 *
 * @param refused 429 and 503: not done, and not tried again
 * @param errors no decision: answer lost or not understood, not sent, or the request was wrong
 * @param unknown those of the errors that may have been carried out
 * @param unsent due in the run's time at a fixed rate, and not sent in it
 * @param retries attempts that were followed by another, by what had become of them
 * @param latencyMs from due (fixed rate) or sent (back to back) to accepted or rejected
 * @param undecidedLatencyMs the same until given up; for those unsent, what they had waited
 * @param startDelayMs at a fixed rate, from due to sent: backlog and the generator's own lateness
 */
public record RequestFigures(
        long sent,
        long accepted,
        SortedMap<String, Long> acceptedByStatus,
        long rejected,
        SortedMap<String, Long> rejectedByCode,
        long refused,
        SortedMap<String, Long> refusedByCode,
        long errors,
        SortedMap<String, Long> errorsByKind,
        long unknown,
        long unsent,
        long retries,
        SortedMap<String, Long> retriesByReason,
        LatencyFigures latencyMs,
        @Nullable LatencyFigures undecidedLatencyMs,
        @Nullable LatencyFigures startDelayMs) {

    static RequestFigures of(Tally tally) {
        return new RequestFigures(
                tally.sent(),
                tally.accepted().total(),
                tally.accepted().byLabel(),
                tally.rejected().total(),
                tally.rejected().byLabel(),
                tally.refused().total(),
                tally.refused().byLabel(),
                tally.errors().total(),
                tally.errors().byLabel(),
                tally.unknown(),
                tally.unsent(),
                tally.retried().total(),
                tally.retried().byLabel(),
                LatencyFigures.of(tally.decided().histogram()),
                figuresOfAny(tally.undecided()),
                figuresOfAny(tally.startDelay()));
    }

    private static @Nullable LatencyFigures figuresOfAny(Latencies latencies) {
        return latencies.count() == 0 ? null : LatencyFigures.of(latencies.histogram());
    }
}
