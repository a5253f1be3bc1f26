package io.outcry.load.flow;

/** Cancels an order of the client's own that may still be open. */
public record CancelOrder(String orderId) implements Action {}
