package io.outcry.domain.order;

/** Which side of a trade an order was: resting in the book, or arriving. */
public enum Liquidity {
    MAKER,
    TAKER
}
