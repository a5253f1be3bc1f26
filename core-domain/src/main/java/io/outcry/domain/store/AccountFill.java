package io.outcry.domain.store;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Side;

/** A fill among those of all of an account's orders, with what its order would tell. */
public record AccountFill(Symbol symbol, Side side, Fill fill) {}
