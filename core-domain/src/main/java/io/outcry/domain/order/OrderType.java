package io.outcry.domain.order;

/** How an order finds its price: given, any, or once a stop price is reached. */
public enum OrderType {
    LIMIT,
    MARKET,
    STOP,
    STOP_LIMIT,
    TRAILING_STOP
}
