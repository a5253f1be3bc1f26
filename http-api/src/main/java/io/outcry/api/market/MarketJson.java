package io.outcry.api.market;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.json.Times;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.money.Scale;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes instruments and market data; decimals are strings. */
final class MarketJson {
    private MarketJson() {}

    static void write(JsonGenerator json, Instrument instrument) throws IOException {
        Scale prices = instrument.priceScale();
        Scale quantities = instrument.quantityScale();
        json.writeStartObject();
        json.writeStringField("symbol", instrument.symbol().value());
        json.writeStringField("currency", instrument.currency().code());
        json.writeStringField("status", instrument.status().name());
        json.writeNumberField("price_scale", prices.places());
        json.writeNumberField("quantity_scale", quantities.places());
        json.writeNumberField("cash_scale", instrument.cashScale().places());
        json.writeStringField("tick", prices.format(instrument.tick()));
        json.writeStringField("lot", quantities.format(instrument.lot()));
        json.writeStringField("max_quantity", quantities.format(instrument.maxQuantity()));
        json.writeStringField(
                "max_notional", given(instrument.cashScale(), instrument.maxNotional()));
        json.writeStringField("reference_price", given(prices, instrument.referencePrice()));
        json.writeStringField("last_price", given(prices, instrument.lastPrice()));
        json.writeNumberField("band_ppm", instrument.bandPpm());
        json.writeNumberField("maker_fee_ppm", instrument.makerFeePpm());
        json.writeNumberField("taker_fee_ppm", instrument.takerFeePpm());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, BookSnapshot book, int depth, Instrument instrument)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("symbol", book.symbol().value());
        json.writeNumberField("sequence", book.sequence());
        json.writeStringField(
                "time", book.timeNanos() == 0 ? null : Times.format(book.timeNanos()));
        writeLevels(json, "bids", book.bids(), depth, instrument);
        writeLevels(json, "asks", book.asks(), depth, instrument);
        json.writeEndObject();
    }

    private static void writeLevels(
            JsonGenerator json,
            String side,
            List<BookLevel> levels,
            int depth,
            Instrument instrument)
            throws IOException {
        json.writeArrayFieldStart(side);
        for (BookLevel level : levels.subList(0, Math.min(depth, levels.size()))) {
            json.writeStartObject();
            json.writeStringField("price", instrument.priceScale().format(level.price()));
            json.writeStringField("quantity", instrument.quantityScale().format(level.quantity()));
            json.writeNumberField("orders", level.orders());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void write(JsonGenerator json, List<PublicTrade> trades, Instrument instrument)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("symbol", instrument.symbol().value());
        json.writeArrayFieldStart("trades");
        for (PublicTrade trade : trades) {
            json.writeStartObject();
            json.writeStringField("trade_id", Long.toString(trade.tradeId()));
            json.writeStringField("price", instrument.priceScale().format(trade.price()));
            json.writeStringField("quantity", instrument.quantityScale().format(trade.quantity()));
            json.writeStringField("taker_side", trade.takerSide().name());
            json.writeStringField("time", Times.format(trade.timeNanos()));
            json.writeNumberField("sequence", trade.sequence());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static @Nullable String given(Scale scale, long units) {
        return units == 0 ? null : scale.format(units);
    }
}
