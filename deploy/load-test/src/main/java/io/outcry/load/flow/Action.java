package io.outcry.load.flow;

/** What a client does next. */
public sealed interface Action permits PlaceOrder, CancelOrder {}
