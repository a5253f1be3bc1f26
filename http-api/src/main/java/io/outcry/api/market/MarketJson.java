package io.outcry.api.market;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.json.Times;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import io.outcry.domain.money.Scale;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes instruments and market data; decimals are strings. */
public final class MarketJson {
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
            write(json, trade, instrument);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** One trade. */
    public static void write(JsonGenerator json, PublicTrade trade, Instrument instrument)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("trade_id", Long.toString(trade.tradeId()));
        json.writeStringField("price", instrument.priceScale().format(trade.price()));
        json.writeStringField("quantity", instrument.quantityScale().format(trade.quantity()));
        json.writeStringField("taker_side", trade.takerSide().name());
        json.writeStringField("time", Times.format(trade.timeNanos()));
        json.writeNumberField("sequence", trade.sequence());
        json.writeEndObject();
    }

    /** How a symbol stands. */
    public static void write(JsonGenerator json, Ticker ticker, Instrument instrument)
            throws IOException {
        Scale prices = instrument.priceScale();
        Scale quantities = instrument.quantityScale();
        json.writeStartObject();
        json.writeStringField("symbol", ticker.symbol().value());
        json.writeNumberField("sequence", ticker.sequence());
        json.writeStringField("time", Times.format(ticker.timeNanos()));
        json.writeStringField("bid_price", given(prices, ticker.bidPrice()));
        json.writeStringField("bid_quantity", given(quantities, ticker.bidQuantity()));
        json.writeStringField("ask_price", given(prices, ticker.askPrice()));
        json.writeStringField("ask_quantity", given(quantities, ticker.askQuantity()));
        json.writeStringField("last_price", given(prices, ticker.lastPrice()));
        json.writeStringField("open_24h", given(prices, ticker.openPrice()));
        json.writeStringField("high_24h", given(prices, ticker.highPrice()));
        json.writeStringField("low_24h", given(prices, ticker.lowPrice()));
        json.writeStringField("change_24h", prices.format(ticker.change()));
        json.writeStringField("volume_24h", quantities.format(ticker.volume()));
        json.writeStringField("turnover_24h", instrument.cashScale().format(ticker.turnover()));
        json.writeNumberField("trades_24h", ticker.trades());
        json.writeEndObject();
    }

    /** One candle. */
    public static void write(JsonGenerator json, Candle candle, Instrument instrument)
            throws IOException {
        Scale prices = instrument.priceScale();
        json.writeStartObject();
        json.writeStringField("open_time", Times.format(candle.openTimeNanos()));
        json.writeStringField("open", prices.format(candle.open()));
        json.writeStringField("high", prices.format(candle.high()));
        json.writeStringField("low", prices.format(candle.low()));
        json.writeStringField("close", prices.format(candle.close()));
        json.writeStringField("volume", instrument.quantityScale().format(candle.volume()));
        json.writeStringField("turnover", instrument.cashScale().format(candle.turnover()));
        json.writeNumberField("trades", candle.trades());
        json.writeNumberField("sequence", candle.sequence());
        json.writeEndObject();
    }

    private static @Nullable String given(Scale scale, long units) {
        return units == 0 ? null : scale.format(units);
    }
}
