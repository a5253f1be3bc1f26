package io.outcry.api.orders;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.json.AveragePrice;
import io.outcry.api.json.Times;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.Side;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes orders and fills. Ids and decimals are strings, so that no reader rounds them. */
public final class OrderJson {
    private OrderJson() {}

    /** The order with those fills; null: it is not known which. */
    public static void write(
            JsonGenerator json, Order order, Instrument instrument, @Nullable List<Fill> fills)
            throws IOException {
        OrderTerms terms = order.terms();
        Scale quantities = instrument.quantityScale();
        json.writeStartObject();
        json.writeStringField("id", order.id().toString());
        json.writeStringField(
                "client_order_id",
                terms.clientOrderId() == null ? null : terms.clientOrderId().value());
        json.writeStringField("symbol", terms.symbol().value());
        json.writeStringField("side", terms.side().name());
        json.writeStringField("order_type", terms.type().name());
        json.writeStringField("time_in_force", terms.timeInForce().name());
        json.writeStringField("quantity", quantities.format(terms.quantity()));
        json.writeStringField("filled_quantity", quantities.format(order.filledQuantity()));
        json.writeStringField("remaining_quantity", quantities.format(order.remainingQuantity()));
        writePrices(json, order, instrument);
        json.writeStringField("status", order.status().name());
        json.writeStringField(
                "reason", order.cancelReason() == null ? null : order.cancelReason().name());
        json.writeStringField("fees", instrument.cashScale().format(order.fees()));
        writeTimes(json, order);
        json.writeNumberField("sequence", order.sequence());
        writeOptions(json, terms, instrument);
        if (fills != null) {
            writeFills(json, fills, instrument);
        }
        json.writeEndObject();
    }

    private static void writeTimes(JsonGenerator json, Order order) throws IOException {
        String created = Times.format(order.createdAtNanos());
        boolean untouched = order.updatedAtNanos() == order.createdAtNanos();
        json.writeStringField("created_at", created);
        json.writeStringField(
                "updated_at", untouched ? created : Times.format(order.updatedAtNanos()));
    }

    private static void writePrices(JsonGenerator json, Order order, Instrument instrument)
            throws IOException {
        OrderTerms terms = order.terms();
        Scale prices = instrument.priceScale();
        json.writeStringField("price", given(prices, terms.price()));
        json.writeStringField("stop_price", given(prices, terms.stopPrice()));
        json.writeStringField(
                "average_price",
                AveragePrice.of(order.filledNotional(), order.filledQuantity(), instrument));
    }

    private static void writeOptions(JsonGenerator json, OrderTerms terms, Instrument instrument)
            throws IOException {
        if (terms.trailAmount() != 0) {
            json.writeStringField(
                    "trail_amount", instrument.priceScale().format(terms.trailAmount()));
        }
        if (terms.displayQuantity() != 0) {
            json.writeStringField(
                    "display_quantity", instrument.quantityScale().format(terms.displayQuantity()));
        }
        if (terms.expiresAtNanos() != 0) {
            json.writeStringField("expires_at", Times.format(terms.expiresAtNanos()));
        }
        json.writeBooleanField("post_only", terms.postOnly());
        json.writeStringField("self_trade_prevention", terms.selfTradePrevention().name());
    }

    private static void writeFills(JsonGenerator json, List<Fill> fills, Instrument instrument)
            throws IOException {
        json.writeArrayFieldStart("fills");
        for (Fill fill : fills) {
            json.writeStartObject();
            writeMembers(json, fill, instrument);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A fill that stands outside of its order. */
    static void write(
            JsonGenerator json, Fill fill, Symbol symbol, Side side, Instrument instrument)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("order_id", fill.orderId().toString());
        json.writeStringField("symbol", symbol.value());
        json.writeStringField("side", side.name());
        writeMembers(json, fill, instrument);
        json.writeEndObject();
    }

    private static void writeMembers(JsonGenerator json, Fill fill, Instrument instrument)
            throws IOException {
        json.writeStringField("trade_id", Long.toString(fill.tradeId()));
        json.writeStringField("price", instrument.priceScale().format(fill.price()));
        json.writeStringField("quantity", instrument.quantityScale().format(fill.quantity()));
        json.writeStringField("notional", instrument.cashScale().format(fill.notional()));
        json.writeStringField("fee", instrument.cashScale().format(fill.fee()));
        json.writeStringField("liquidity", fill.liquidity().name());
        json.writeStringField("time", Times.format(fill.timeNanos()));
        json.writeNumberField("sequence", fill.sequence());
    }

    private static @Nullable String given(Scale scale, long units) {
        return units == 0 ? null : scale.format(units);
    }
}
