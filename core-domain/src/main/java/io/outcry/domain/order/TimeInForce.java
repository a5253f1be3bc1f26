package io.outcry.domain.order;

/**
 * How long an order lives: until canceled, the session's end, a time, or not at all beyond its
 * arrival.
 */
public enum TimeInForce {
    GTC,
    DAY,
    GTD,
    IOC,
    FOK
}
