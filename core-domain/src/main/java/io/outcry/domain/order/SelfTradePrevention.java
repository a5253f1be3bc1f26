package io.outcry.domain.order;

/** What happens when the incoming order would trade with an order of its own account. */
public enum SelfTradePrevention {
    /** What is left of the incoming order is canceled. */
    CANCEL_NEWEST,
    /** The resting order is canceled, and matching goes on. */
    CANCEL_OLDEST,
    /** Both are canceled. */
    CANCEL_BOTH,
    /** The smaller remainder is canceled and taken off the larger. */
    DECREMENT
}
