package io.outcry.api.ws;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.json.Json;
import io.outcry.api.json.Times;
import io.outcry.api.orders.OrderJson;
import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes what an event made of an account's order or balances as one JSON object, with quantities
 * as they stand after it. Knows the instruments from the events. For one thread.
 */
final class AccountTexts {
    private final Map<Symbol, Instrument> instruments = new HashMap<>();
    private final Map<Currency, Scale> currencies = new HashMap<>();

    AccountTexts(Collection<Instrument> known) {
        known.forEach(this::defined);
    }

    void defined(Instrument instrument) {
        instruments.put(instrument.symbol(), instrument);
        currencies.put(instrument.currency(), instrument.cashScale());
    }

    private Instrument instrument(Symbol symbol) {
        return Objects.requireNonNull(instruments.get(symbol), symbol::toString);
    }

    String accepted(Event.OrderAccepted e) {
        OrderType type = e.terms().type();
        boolean pends =
                type == OrderType.STOP
                        || type == OrderType.STOP_LIMIT
                        || type == OrderType.TRAILING_STOP;
        Order order =
                new Order(
                        e.orderId(),
                        e.terms(),
                        pends ? OrderStatus.PENDING_TRIGGER : OrderStatus.NEW,
                        null,
                        0,
                        0,
                        0,
                        e.timeNanos(),
                        e.timeNanos(),
                        e.sequence());
        return text(
                json -> {
                    json.writeStringField("event", "ACCEPTED");
                    json.writeFieldName("order");
                    OrderJson.write(json, order, instrument(e.terms().symbol()), null);
                });
    }

    /** As one of the trade's two sides. */
    String traded(Event.Traded e, Liquidity side) {
        boolean maker = side == Liquidity.MAKER;
        Instrument instrument = instrument(e.symbol());
        long remaining = maker ? e.makerRemaining() : e.takerRemaining();
        return change(
                "TRADED",
                e,
                maker ? e.makerOrderId() : e.takerOrderId(),
                e.symbol(),
                json -> {
                    writeRemaining(json, remaining, instrument);
                    json.writeStringField(
                            "status", (remaining == 0 ? OrderStatus.FILLED : PARTLY).name());
                    json.writeStringField("trade_id", Long.toString(e.tradeId()));
                    json.writeStringField("price", instrument.priceScale().format(e.price()));
                    json.writeStringField(
                            "quantity", instrument.quantityScale().format(e.quantity()));
                    json.writeStringField("notional", instrument.cashScale().format(e.notional()));
                    json.writeStringField(
                            "fee",
                            instrument.cashScale().format(maker ? e.makerFee() : e.takerFee()));
                    json.writeStringField("liquidity", side.name());
                });
    }

    private static final OrderStatus PARTLY = OrderStatus.PARTIALLY_FILLED;

    /** Canceled, unless something is left: then self-trade prevention made it smaller. */
    String canceled(Event.OrderCanceled e) {
        boolean ended = e.remaining() == 0;
        return change(
                ended ? "CANCELED" : "REDUCED",
                e,
                e.orderId(),
                e.symbol(),
                json -> {
                    if (ended) {
                        json.writeStringField("status", OrderStatus.CANCELED.name());
                    } else {
                        writeRemaining(json, e.remaining(), instrument(e.symbol()));
                    }
                    json.writeStringField("reason", e.reason().name());
                });
    }

    String expired(Event.OrderExpired e) {
        return change(
                "EXPIRED",
                e,
                e.orderId(),
                e.symbol(),
                json -> json.writeStringField("status", OrderStatus.EXPIRED.name()));
    }

    String replaced(Event.OrderReplaced e) {
        Instrument instrument = instrument(e.symbol());
        return change(
                "REPLACED",
                e,
                e.orderId(),
                e.symbol(),
                json -> {
                    json.writeStringField(
                            "total_quantity", instrument.quantityScale().format(e.quantity()));
                    writePrice(json, "price", e.price(), instrument);
                    writePrice(json, "stop_price", e.stopPrice(), instrument);
                    writePrice(json, "trail_amount", e.trailAmount(), instrument);
                });
    }

    String triggered(Event.OrderTriggered e) {
        return change(
                "TRIGGERED",
                e,
                e.orderId(),
                e.symbol(),
                json -> {
                    json.writeStringField("status", OrderStatus.NEW.name());
                    writePrice(json, "stop_price", e.stopPrice(), instrument(e.symbol()));
                });
    }

    private static void writePrice(
            JsonGenerator json, String member, long price, Instrument instrument)
            throws IOException {
        json.writeStringField(member, price == 0 ? null : instrument.priceScale().format(price));
    }

    private static void writeRemaining(JsonGenerator json, long quantity, Instrument instrument)
            throws IOException {
        json.writeStringField("remaining_quantity", instrument.quantityScale().format(quantity));
    }

    private static String change(
            String what, Event event, OrderId id, Symbol symbol, Json.Body members) {
        return text(
                json -> {
                    json.writeStringField("event", what);
                    json.writeStringField("order_id", id.toString());
                    json.writeStringField("symbol", symbol.value());
                    json.writeStringField("time", Times.format(event.timeNanos()));
                    members.write(json);
                });
    }

    /** What was booked, with the balances after it. */
    String booked(LedgerEntry entry) {
        return text(
                json -> {
                    json.writeStringField("event", entry.kind().name());
                    json.writeStringField("time", Times.format(entry.timeNanos()));
                    LedgerEntry.CashChange cash = entry.cash();
                    if (cash != null) {
                        Scale scale = currencies.getOrDefault(cash.currency(), new Scale(0));
                        json.writeStringField("currency", cash.currency().code());
                        json.writeStringField("cash", scale.format(cash.balance()));
                        json.writeStringField("cash_change", scale.format(cash.amount()));
                    }
                    LedgerEntry.PositionChange position = entry.position();
                    if (position != null) {
                        Scale scale = instrument(position.symbol()).quantityScale();
                        json.writeStringField("symbol", position.symbol().value());
                        json.writeStringField("quantity", scale.format(position.balance()));
                        json.writeStringField("quantity_change", scale.format(position.quantity()));
                    }
                });
    }

    private static String text(Json.Body members) {
        byte[] bytes =
                Json.bytes(
                        json -> {
                            json.writeStartObject();
                            members.write(json);
                            json.writeEndObject();
                        });
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
