package io.outcry.domain.order;

/** Why the engine decided against a command. A rejected command changed nothing. */
public enum RejectCode {
    UNKNOWN_SYMBOL,
    MARKET_HALTED,
    UNKNOWN_ACCOUNT,
    ACCOUNT_SUSPENDED,
    DUPLICATE_CLIENT_ORDER_ID,
    INVALID_QUANTITY,
    INVALID_PRICE,
    INVALID_STOP_PRICE,
    INVALID_ORDER,
    PRICE_OUT_OF_BAND,
    NOTIONAL_LIMIT,
    INSUFFICIENT_FUNDS,
    POSITION_LIMIT,
    POST_ONLY_WOULD_TAKE,
    OVERFLOW,
    /** The account has no open order of that id: it has ended, or never was. */
    UNKNOWN_ORDER,
    /** An account, instrument or adjustment whose terms cannot be. */
    INVALID_COMMAND
}
