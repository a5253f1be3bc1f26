package io.outcry.api.problem;

import io.outcry.domain.order.RejectCode;

/**
 * Every error that the API answers, and its HTTP status: the one place that knows it. The name is
 * the stable {@code code} of the answer.
 */
public enum ErrorCode {
    /** The body is not one well-formed JSON object with each key at most once. */
    MALFORMED_JSON(400),
    /** The request is not valid HTTP. */
    MALFORMED_REQUEST(400),
    /** A field, parameter or header is missing, unknown, of the wrong type or not of its format. */
    INVALID_FIELD(400),
    /** No access token, or one that is not valid (any more). */
    UNAUTHENTICATED(401),
    /** No such user, or not the password. */
    INVALID_CREDENTIALS(401),
    /** The password is right, and a code of the second factor has to be sent too. */
    SECOND_FACTOR_REQUIRED(401),
    FORBIDDEN(403),
    /** Nothing is served at this path, or no such object is the caller's. */
    NOT_FOUND(404),
    /** The caller has no order of that id. */
    UNKNOWN_ORDER(404),
    METHOD_NOT_ALLOWED(405),
    REQUEST_TIMEOUT(408),
    USERNAME_TAKEN(409),
    EMAIL_TAKEN(409),
    DUPLICATE_CLIENT_ORDER_ID(409),
    /** The user has a second factor already. */
    SECOND_FACTOR_ACTIVE(409),
    /** The user has as many API keys as there may be. */
    API_KEY_LIMIT(409),
    /** The order has ended already. */
    ORDER_CLOSED(409),
    PAYLOAD_TOO_LARGE(413),
    URI_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    UNKNOWN_SYMBOL(422),
    MARKET_HALTED(422),
    UNKNOWN_ACCOUNT(422),
    ACCOUNT_SUSPENDED(422),
    INVALID_QUANTITY(422),
    INVALID_PRICE(422),
    INVALID_STOP_PRICE(422),
    INVALID_ORDER(422),
    PRICE_OUT_OF_BAND(422),
    NOTIONAL_LIMIT(422),
    INSUFFICIENT_FUNDS(422),
    POSITION_LIMIT(422),
    POST_ONLY_WOULD_TAKE(422),
    OVERFLOW(422),
    /** A command other than an order whose terms cannot be. */
    INVALID_COMMAND(422),
    RATE_LIMITED(429),
    /** The account has as many WebSockets open as it may have. */
    CONNECTION_LIMIT(429),
    HEADERS_TOO_LARGE(431),
    /** A defect of the server; its log has the request id. */
    INTERNAL(500),
    /** The server has not finished starting. */
    NOT_STARTED(503),
    /** More is waiting than can be done in time; nothing was done. */
    OVERLOADED(503),
    /** The matching engine did not take the command; nothing was done. */
    ENGINE_UNAVAILABLE(503),
    /** The database does not answer. */
    DATABASE_UNAVAILABLE(503),
    /** What the caller has done already does not show yet. */
    PROJECTION_BEHIND(503),
    /** No market data right now. */
    MARKET_DATA_UNAVAILABLE(503),
    /** The order may have been accepted, may yet be, or never will be. */
    ORDER_STATUS_UNKNOWN(504),
    /** The same, for a command that is no order. */
    OUTCOME_UNKNOWN(504);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The error that a decision of the engine becomes. */
    public static ErrorCode of(RejectCode code) {
        return switch (code) {
            case UNKNOWN_SYMBOL -> UNKNOWN_SYMBOL;
            case MARKET_HALTED -> MARKET_HALTED;
            case UNKNOWN_ACCOUNT -> UNKNOWN_ACCOUNT;
            case ACCOUNT_SUSPENDED -> ACCOUNT_SUSPENDED;
            case DUPLICATE_CLIENT_ORDER_ID -> DUPLICATE_CLIENT_ORDER_ID;
            case INVALID_QUANTITY -> INVALID_QUANTITY;
            case INVALID_PRICE -> INVALID_PRICE;
            case INVALID_STOP_PRICE -> INVALID_STOP_PRICE;
            case INVALID_ORDER -> INVALID_ORDER;
            case PRICE_OUT_OF_BAND -> PRICE_OUT_OF_BAND;
            case NOTIONAL_LIMIT -> NOTIONAL_LIMIT;
            case INSUFFICIENT_FUNDS -> INSUFFICIENT_FUNDS;
            case POSITION_LIMIT -> POSITION_LIMIT;
            case POST_ONLY_WOULD_TAKE -> POST_ONLY_WOULD_TAKE;
            case OVERFLOW -> OVERFLOW;
            case UNKNOWN_ORDER -> UNKNOWN_ORDER;
            case INVALID_COMMAND -> INVALID_COMMAND;
        };
    }
}
