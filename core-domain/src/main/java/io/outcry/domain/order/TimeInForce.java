package io.outcry.domain.order;

/**
 * How long an order lives: until canceled, the session's end, a time, or not at all beyond its
 * arrival.
 */
public enum TimeInForce {
    /** Good till canceled. */
    GTC,
    /** Until the session is closed. */
    DAY,
    /** Until its expiry. */
    GTD,
    /** Trades what it can at once; the rest is canceled. */
    IOC,
    /** Trades in full at once or not at all. */
    FOK
}
