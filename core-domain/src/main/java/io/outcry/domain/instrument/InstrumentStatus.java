package io.outcry.domain.instrument;

/** Whether an instrument takes orders. Cancels are always taken. */
public enum InstrumentStatus {
    OPEN,
    HALTED
}
