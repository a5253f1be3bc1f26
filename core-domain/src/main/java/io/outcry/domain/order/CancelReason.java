package io.outcry.domain.order;

/** Why an order, or what was left of it, was canceled. */
public enum CancelReason {
    /** Its owner wanted it. */
    USER,
    /** An administrator wanted it. */
    ADMIN,
    /** It was replaced by a total quantity that it had already filled. */
    REPLACED,
    /** A market order found nothing more to trade with. */
    NO_LIQUIDITY,
    /** What an immediate-or-cancel order could not trade at once. */
    IOC_REMAINDER,
    /** A fill-or-kill order could not trade in full at once. */
    FOK_NOT_FILLABLE,
    /** It would have traded with an order of its own account. */
    SELF_TRADE,
    /** A market order would have traded outside the price band. */
    PRICE_BAND,
    /** The cash for more of it was not there. */
    INSUFFICIENT_FUNDS,
    /** A stop order that triggered would have gone below the short limit. */
    POSITION_LIMIT,
    /** Its account was suspended. */
    ACCOUNT_SUSPENDED
}
