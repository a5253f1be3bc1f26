package io.outcry.api.ws;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.json.Json;
import io.outcry.api.json.Times;
import io.outcry.api.market.MarketJson;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the messages of public channels tell. Pure functions. */
final class MarketBodies {
    private MarketBodies() {}

    /** Levels as pairs of price and quantity. */
    static Json.Body book(
            long timeNanos, List<BookLevel> bids, List<BookLevel> asks, Instrument instrument) {
        return json -> {
            json.writeStringField("time", timeNanos == 0 ? null : Times.format(timeNanos));
            writeLevels(json, "bids", bids, instrument);
            writeLevels(json, "asks", asks, instrument);
        };
    }

    private static void writeLevels(
            JsonGenerator json, String side, List<BookLevel> levels, Instrument instrument)
            throws IOException {
        json.writeArrayFieldStart(side);
        for (BookLevel level : levels) {
            json.writeStartArray();
            json.writeString(instrument.priceScale().format(level.price()));
            json.writeString(instrument.quantityScale().format(level.quantity()));
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** Oldest first. */
    static Json.Body trades(List<PublicTrade> trades, Instrument instrument) {
        return json -> {
            json.writeArrayFieldStart("trades");
            for (PublicTrade trade : trades) {
                MarketJson.write(json, trade, instrument);
            }
            json.writeEndArray();
        };
    }

    /** Null: nothing is known of it. */
    static Json.Body ticker(@Nullable Ticker ticker, Instrument instrument) {
        return json -> {
            json.writeFieldName("ticker");
            if (ticker == null) {
                json.writeNull();
            } else {
                MarketJson.write(json, ticker, instrument);
            }
        };
    }

    static Json.Body candles(List<Candle> candles, Instrument instrument) {
        return json -> {
            json.writeArrayFieldStart("candles");
            for (Candle candle : candles) {
                MarketJson.write(json, candle, instrument);
            }
            json.writeEndArray();
        };
    }
}
