package io.outcry.domain.order;

/** Why the engine decided against a command. A rejected command changed nothing. */
public enum RejectCode {
    /** No instrument has that symbol. */
    UNKNOWN_SYMBOL,
    /** The instrument takes no orders now. */
    MARKET_HALTED,
    /** No account has that id. */
    UNKNOWN_ACCOUNT,
    /** The account may not trade. */
    ACCOUNT_SUSPENDED,
    /** The client order id was used for other terms within the last 24 hours. */
    DUPLICATE_CLIENT_ORDER_ID,
    /** Not above 0, off the lot, or above the maximum. */
    INVALID_QUANTITY,
    /** Missing, not above 0, or off the tick. */
    INVALID_PRICE,
    /** Stop price or trail amount missing, not above 0, or off the tick. */
    INVALID_STOP_PRICE,
    /** Options that contradict one another. */
    INVALID_ORDER,
    /** Too far from the reference price. */
    PRICE_OUT_OF_BAND,
    /** Worth more than one order may be. */
    NOTIONAL_LIMIT,
    /** A buy needs more cash than is available. */
    INSUFFICIENT_FUNDS,
    /** A sell would go below the short limit. */
    POSITION_LIMIT,
    /** It was to rest only, and would have traded at once. */
    POST_ONLY_WOULD_TAKE,
    /** A product or sum does not fit 64 bits. */
    OVERFLOW,
    /** The account has no open order of that id: it has ended, or never was. */
    UNKNOWN_ORDER,
    /** An account, instrument or adjustment whose terms cannot be. */
    INVALID_COMMAND
}
