package io.outcry.engineclient;

import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.RejectCode;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;

/**
 * The wire's enumerations and the domain's, each constant spelled out, so that a new one does not
 * compile until it is here. Stateless.
 */
final class WireEnums {
    private WireEnums() {}

    static io.outcry.engine.v1.Side encode(Side value) {
        return switch (value) {
            case BUY -> io.outcry.engine.v1.Side.BUY;
            case SELL -> io.outcry.engine.v1.Side.SELL;
        };
    }

    static io.outcry.engine.v1.OrderType encode(OrderType value) {
        return switch (value) {
            case LIMIT -> io.outcry.engine.v1.OrderType.LIMIT;
            case MARKET -> io.outcry.engine.v1.OrderType.MARKET;
            case STOP -> io.outcry.engine.v1.OrderType.STOP;
            case STOP_LIMIT -> io.outcry.engine.v1.OrderType.STOP_LIMIT;
            case TRAILING_STOP -> io.outcry.engine.v1.OrderType.TRAILING_STOP;
        };
    }

    static io.outcry.engine.v1.TimeInForce encode(TimeInForce value) {
        return switch (value) {
            case GTC -> io.outcry.engine.v1.TimeInForce.GTC;
            case DAY -> io.outcry.engine.v1.TimeInForce.DAY;
            case GTD -> io.outcry.engine.v1.TimeInForce.GTD;
            case IOC -> io.outcry.engine.v1.TimeInForce.IOC;
            case FOK -> io.outcry.engine.v1.TimeInForce.FOK;
        };
    }

    static io.outcry.engine.v1.SelfTradePrevention encode(SelfTradePrevention value) {
        return switch (value) {
            case CANCEL_NEWEST -> io.outcry.engine.v1.SelfTradePrevention.CANCEL_NEWEST;
            case CANCEL_OLDEST -> io.outcry.engine.v1.SelfTradePrevention.CANCEL_OLDEST;
            case CANCEL_BOTH -> io.outcry.engine.v1.SelfTradePrevention.CANCEL_BOTH;
            case DECREMENT -> io.outcry.engine.v1.SelfTradePrevention.DECREMENT;
        };
    }

    static io.outcry.engine.v1.InstrumentStatus encode(InstrumentStatus value) {
        return switch (value) {
            case OPEN -> io.outcry.engine.v1.InstrumentStatus.OPEN;
            case HALTED -> io.outcry.engine.v1.InstrumentStatus.HALTED;
        };
    }

    static Side decode(io.outcry.engine.v1.Side value) {
        return switch (value) {
            case BUY -> Side.BUY;
            case SELL -> Side.SELL;
            case SIDE_UNSPECIFIED, UNRECOGNIZED -> throw unreadable(value);
        };
    }

    static OrderType decode(io.outcry.engine.v1.OrderType value) {
        return switch (value) {
            case LIMIT -> OrderType.LIMIT;
            case MARKET -> OrderType.MARKET;
            case STOP -> OrderType.STOP;
            case STOP_LIMIT -> OrderType.STOP_LIMIT;
            case TRAILING_STOP -> OrderType.TRAILING_STOP;
            case ORDER_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw unreadable(value);
        };
    }

    static TimeInForce decode(io.outcry.engine.v1.TimeInForce value) {
        return switch (value) {
            case GTC -> TimeInForce.GTC;
            case DAY -> TimeInForce.DAY;
            case GTD -> TimeInForce.GTD;
            case IOC -> TimeInForce.IOC;
            case FOK -> TimeInForce.FOK;
            case UNRECOGNIZED -> throw unreadable(value);
        };
    }

    static SelfTradePrevention decode(io.outcry.engine.v1.SelfTradePrevention value) {
        return switch (value) {
            case CANCEL_NEWEST -> SelfTradePrevention.CANCEL_NEWEST;
            case CANCEL_OLDEST -> SelfTradePrevention.CANCEL_OLDEST;
            case CANCEL_BOTH -> SelfTradePrevention.CANCEL_BOTH;
            case DECREMENT -> SelfTradePrevention.DECREMENT;
            case UNRECOGNIZED -> throw unreadable(value);
        };
    }

    static InstrumentStatus decode(io.outcry.engine.v1.InstrumentStatus value) {
        return switch (value) {
            case OPEN -> InstrumentStatus.OPEN;
            case HALTED -> InstrumentStatus.HALTED;
            case INSTRUMENT_STATUS_UNSPECIFIED, UNRECOGNIZED -> throw unreadable(value);
        };
    }

    static Liquidity decode(io.outcry.engine.v1.Liquidity value) {
        return switch (value) {
            case MAKER -> Liquidity.MAKER;
            case TAKER -> Liquidity.TAKER;
            case LIQUIDITY_UNSPECIFIED, UNRECOGNIZED -> throw unreadable(value);
        };
    }

    static OrderStatus decode(io.outcry.engine.v1.OrderStatus value) {
        return switch (value) {
            case NEW -> OrderStatus.NEW;
            case PENDING_TRIGGER -> OrderStatus.PENDING_TRIGGER;
            case PARTIALLY_FILLED -> OrderStatus.PARTIALLY_FILLED;
            case FILLED -> OrderStatus.FILLED;
            case CANCELED -> OrderStatus.CANCELED;
            case EXPIRED -> OrderStatus.EXPIRED;
            case REJECTED -> OrderStatus.REJECTED;
            case ORDER_STATUS_UNSPECIFIED, UNRECOGNIZED -> throw unreadable(value);
        };
    }

    static CancelReason decode(io.outcry.engine.v1.CancelReason value) {
        return switch (value) {
            case CANCELED_BY_USER -> CancelReason.USER;
            case CANCELED_BY_ADMIN -> CancelReason.ADMIN;
            case CANCELED_REPLACED -> CancelReason.REPLACED;
            case CANCELED_NO_LIQUIDITY -> CancelReason.NO_LIQUIDITY;
            case CANCELED_IOC_REMAINDER -> CancelReason.IOC_REMAINDER;
            case CANCELED_FOK_NOT_FILLABLE -> CancelReason.FOK_NOT_FILLABLE;
            case CANCELED_SELF_TRADE -> CancelReason.SELF_TRADE;
            case CANCELED_PRICE_BAND -> CancelReason.PRICE_BAND;
            case CANCELED_INSUFFICIENT_FUNDS -> CancelReason.INSUFFICIENT_FUNDS;
            case CANCELED_POSITION_LIMIT -> CancelReason.POSITION_LIMIT;
            case CANCELED_ACCOUNT_SUSPENDED -> CancelReason.ACCOUNT_SUSPENDED;
            case CANCEL_REASON_UNSPECIFIED, UNRECOGNIZED -> throw unreadable(value);
        };
    }

    static RejectCode decode(io.outcry.engine.v1.RejectCode value) {
        return switch (value) {
            case UNKNOWN_SYMBOL -> RejectCode.UNKNOWN_SYMBOL;
            case MARKET_HALTED -> RejectCode.MARKET_HALTED;
            case UNKNOWN_ACCOUNT -> RejectCode.UNKNOWN_ACCOUNT;
            case ACCOUNT_SUSPENDED -> RejectCode.ACCOUNT_SUSPENDED;
            case DUPLICATE_CLIENT_ORDER_ID -> RejectCode.DUPLICATE_CLIENT_ORDER_ID;
            case INVALID_QUANTITY -> RejectCode.INVALID_QUANTITY;
            case INVALID_PRICE -> RejectCode.INVALID_PRICE;
            case INVALID_STOP_PRICE -> RejectCode.INVALID_STOP_PRICE;
            case INVALID_ORDER -> RejectCode.INVALID_ORDER;
            case PRICE_OUT_OF_BAND -> RejectCode.PRICE_OUT_OF_BAND;
            case NOTIONAL_LIMIT -> RejectCode.NOTIONAL_LIMIT;
            case INSUFFICIENT_FUNDS -> RejectCode.INSUFFICIENT_FUNDS;
            case POSITION_LIMIT -> RejectCode.POSITION_LIMIT;
            case POST_ONLY_WOULD_TAKE -> RejectCode.POST_ONLY_WOULD_TAKE;
            case OVERFLOW -> RejectCode.OVERFLOW;
            case UNKNOWN_ORDER -> RejectCode.UNKNOWN_ORDER;
            case INVALID_COMMAND -> RejectCode.INVALID_COMMAND;
            case REJECT_CODE_UNSPECIFIED, RESOURCE_EXHAUSTED, UNAVAILABLE, UNRECOGNIZED ->
                    throw unreadable(value);
        };
    }

    private static UnreadableMessageException unreadable(Enum<?> value) {
        return new UnreadableMessageException(
                value.getDeclaringClass().getSimpleName() + " " + value + " has no meaning here");
    }
}
