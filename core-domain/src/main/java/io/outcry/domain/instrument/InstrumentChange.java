package io.outcry.domain.instrument;

/**
 * An instrument was defined, or its terms or status changed.
 *
 * @param sequence of the event
 * @param timeNanos UTC nanoseconds since the epoch
 * @param instrument as it was from then on; its last price is 0
 */
public record InstrumentChange(long sequence, long timeNanos, Instrument instrument) {}
