package io.outcry.api.orders;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.json.EnumText;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.json.Times;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import org.jspecify.annotations.Nullable;

/**
 * A placement as the client has sent it, turned into terms. Only shape is checked here: what the
 * numbers may be, the engine decides. What is no number, or no member of an enum, is malformed; a
 * number that the instrument's scale cannot carry breaks the rule of its field.
 */
record OrderRequest(OrderTerms terms, Instrument instrument) {
    static final Fields FIELDS = new Fields();
    private static final Field SYMBOL = FIELDS.add("symbol");
    private static final Field SIDE = FIELDS.add("side");
    private static final Field TYPE = FIELDS.add("order_type", "type");
    private static final Field QUANTITY = FIELDS.add("quantity", "qty");
    private static final Field PRICE = FIELDS.add("price");
    private static final Field STOP_PRICE = FIELDS.add("stop_price");
    private static final Field TRAIL_AMOUNT = FIELDS.add("trail_amount");
    private static final Field TIME_IN_FORCE = FIELDS.add("time_in_force");
    private static final Field EXPIRES_AT = FIELDS.add("expires_at");
    private static final Field POST_ONLY = FIELDS.add("post_only");
    private static final Field DISPLAY_QUANTITY = FIELDS.add("display_quantity", "iceberg_qty");
    private static final Field PREVENTION = FIELDS.add("self_trade_prevention");
    private static final Field CLIENT_ORDER_ID = FIELDS.add("client_order_id");

    private static final EnumText<Side> SIDES = new EnumText<>(Side.class);
    private static final EnumText<OrderType> TYPES = new EnumText<>(OrderType.class);
    private static final EnumText<TimeInForce> TIMES_IN_FORCE = new EnumText<>(TimeInForce.class);
    private static final EnumText<SelfTradePrevention> PREVENTIONS =
            new EnumText<>(SelfTradePrevention.class);

    /** What the order names as its symbol; empty when that is not even text. */
    static String symbol(FlatObject body) {
        return body.text(SYMBOL);
    }

    /**
     * Reads the members; of instruments it knows those that are at hand.
     *
     * @throws io.outcry.api.problem.ProblemException INVALID_FIELD, UNKNOWN_SYMBOL,
     *     INVALID_QUANTITY, INVALID_PRICE, INVALID_STOP_PRICE, INVALID_ORDER
     */
    static OrderRequest read(FlatObject body, AccountId accountId, InstrumentTable instruments) {
        String symbol = body.requiredString(SYMBOL);
        body.require(SIDE);
        body.require(TYPE);
        body.require(QUANTITY);
        Instrument instrument = instruments.atHand(symbol);
        if (instrument == null) {
            body.throwIfMalformed();
            throw Problem.ofField(ErrorCode.UNKNOWN_SYMBOL, SYMBOL.name(), "is not traded here")
                    .toException();
        }
        OrderTerms terms = terms(body, accountId, instrument);
        body.throwIfInvalid();
        return new OrderRequest(terms, instrument);
    }

    private static OrderTerms terms(FlatObject body, AccountId accountId, Instrument instrument) {
        Scale prices = instrument.priceScale();
        Scale quantities = instrument.quantityScale();
        return new OrderTerms(
                accountId,
                instrument.symbol(),
                SIDES.read(body, SIDE, Side.BUY),
                TYPES.read(body, TYPE, OrderType.LIMIT),
                TIMES_IN_FORCE.read(body, TIME_IN_FORCE, TimeInForce.GTC),
                body.units(QUANTITY, quantities, ErrorCode.INVALID_QUANTITY),
                body.optionalUnits(PRICE, prices, ErrorCode.INVALID_PRICE),
                body.optionalUnits(STOP_PRICE, prices, ErrorCode.INVALID_STOP_PRICE),
                body.optionalUnits(TRAIL_AMOUNT, prices, ErrorCode.INVALID_STOP_PRICE),
                body.optionalUnits(DISPLAY_QUANTITY, quantities, ErrorCode.INVALID_ORDER),
                expiresAt(body),
                body.flag(POST_ONLY),
                PREVENTIONS.read(body, PREVENTION, SelfTradePrevention.CANCEL_NEWEST),
                clientOrderId(body));
    }

    private static long expiresAt(FlatObject body) {
        String text = body.string(EXPIRES_AT);
        if (text == null) {
            return 0;
        }
        try {
            return Times.parse(text);
        } catch (IllegalArgumentException e) {
            body.reject(EXPIRES_AT, "must be an RFC 3339 time");
            return 0;
        }
    }

    private static @Nullable ClientOrderId clientOrderId(FlatObject body) {
        String text = body.string(CLIENT_ORDER_ID);
        if (text == null) {
            return null;
        }
        try {
            return new ClientOrderId(text);
        } catch (IllegalArgumentException e) {
            body.reject(CLIENT_ORDER_ID, "must be 1-36 of A-Z a-z 0-9 _ -");
            return null;
        }
    }
}
