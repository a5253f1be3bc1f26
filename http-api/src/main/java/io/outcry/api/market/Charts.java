package io.outcry.api.market;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.QueryParameters;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.Ticker;
import io.outcry.domain.store.Cursor;
import io.outcry.domain.store.MarketStore;
import io.outcry.domain.store.Page;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Tickers from the cache, candles from the store. Safe for use by many threads. */
final class Charts {
    private static final int DEFAULT_LIMIT = 100;

    private final MarketData instruments;
    private final MarketDataCache cache;
    private final MarketStore store;

    Charts(MarketData instruments, MarketDataCache cache, MarketStore store) {
        this.instruments = instruments;
        this.cache = cache;
        this.store = store;
    }

    void ticker(Exchange exchange) throws IOException {
        exchange.query(Set.of());
        Instrument instrument = instruments.instrument(exchange);
        Ticker ticker =
                cache.ticker(instrument.symbol())
                        .orElseThrow(
                                () ->
                                        Problem.of(
                                                        ErrorCode.MARKET_DATA_UNAVAILABLE,
                                                        "the ticker is not published right now")
                                                .toException());
        exchange.answer(200, json -> MarketJson.write(json, ticker, instrument));
    }

    void candles(Exchange exchange) throws IOException {
        QueryParameters query = exchange.query(Set.of("interval", "cursor", "limit"));
        CandleInterval given =
                query.read(
                        "interval",
                        text -> CandleInterval.of(text).orElseThrow(IllegalArgumentException::new),
                        "must be 1s, 1m, 5m, 1h or 1d");
        CandleInterval interval = given == null ? CandleInterval.ONE_MINUTE : given;
        Long before =
                query.read(
                        "cursor",
                        text -> Cursor.read(list(interval), text),
                        "must be a next_cursor of this list");
        int limit = query.number("limit", 1, Page.MAX_LIMIT, DEFAULT_LIMIT);
        query.throwIfInvalid();
        Instrument instrument = instruments.instrument(exchange);
        Page page = new Page(before == null ? Long.MAX_VALUE : before, limit);
        List<Candle> candles = store.candles(instrument.symbol(), interval, page);
        exchange.answer(200, json -> write(json, candles, interval, instrument, page));
    }

    private static String list(CandleInterval interval) {
        return "candles-" + interval.code();
    }

    private static void write(
            JsonGenerator json,
            List<Candle> candles,
            CandleInterval interval,
            Instrument instrument,
            Page page)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("symbol", instrument.symbol().value());
        json.writeStringField("interval", interval.code());
        json.writeArrayFieldStart("candles");
        for (Candle candle : candles) {
            MarketJson.write(json, candle, instrument);
        }
        json.writeEndArray();
        boolean last = candles.size() < page.limit();
        json.writeStringField(
                "next_cursor",
                last
                        ? null
                        : Cursor.write(
                                list(interval), candles.get(candles.size() - 1).openTimeNanos()));
        json.writeEndObject();
    }
}
