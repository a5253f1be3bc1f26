package io.outcry.domain.order;

/** How an order finds its price: given, any, or once a stop price is reached. */
public enum OrderType {
    /** Trades at its price or better. */
    LIMIT,
    /** Trades at any price, or at the worst one given; never rests. */
    MARKET,
    /** Becomes a market order once the last trade reaches its stop price. */
    STOP,
    /** Becomes a limit order once the last trade reaches its stop price. */
    STOP_LIMIT,
    /** A stop whose stop price follows the best last trade at a distance. */
    TRAILING_STOP
}
