package io.outcry.domain.order;

/** Whether an order buys or sells. */
public enum Side {
    BUY,
    SELL
}
