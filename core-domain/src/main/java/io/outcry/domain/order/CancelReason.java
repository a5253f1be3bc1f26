package io.outcry.domain.order;

/** Why an order, or what was left of it, was canceled. */
public enum CancelReason {
    USER,
    ADMIN,
    REPLACED,
    NO_LIQUIDITY,
    IOC_REMAINDER,
    FOK_NOT_FILLABLE,
    SELF_TRADE,
    PRICE_BAND,
    INSUFFICIENT_FUNDS,
    POSITION_LIMIT,
    ACCOUNT_SUSPENDED
}
