package io.outcry.domain.order;

/** What happens when the incoming order would trade with an order of its own account. */
public enum SelfTradePrevention {
    CANCEL_NEWEST,
    CANCEL_OLDEST,
    CANCEL_BOTH,
    DECREMENT
}
