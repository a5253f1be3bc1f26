package io.outcry.api.market;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.QueryParameters;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.PublicTrade;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Answers from the instruments at hand and the shared cache. Safe for use by many threads. */
final class MarketData {
    private static final int MAX_DEPTH = 50;
    private static final int DEFAULT_DEPTH = 20;
    private static final int MAX_TRADES = 100;
    private static final int DEFAULT_TRADES = 50;

    private final InstrumentTable instruments;
    private final MarketDataCache cache;

    MarketData(InstrumentTable instruments, MarketDataCache cache) {
        this.instruments = instruments;
        this.cache = cache;
    }

    void instruments(Exchange exchange) throws IOException {
        exchange.query(Set.of());
        exchange.answer(
                200,
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("instruments");
                    for (Instrument instrument : instruments.all()) {
                        MarketJson.write(json, instrument);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    void book(Exchange exchange) throws IOException {
        QueryParameters query = exchange.query(Set.of("depth"));
        int depth = query.number("depth", 1, MAX_DEPTH, DEFAULT_DEPTH);
        query.throwIfInvalid();
        Instrument instrument = instrument(exchange);
        BookSnapshot book =
                cache.book(instrument.symbol())
                        .orElseThrow(
                                () ->
                                        Problem.of(
                                                        ErrorCode.MARKET_DATA_UNAVAILABLE,
                                                        "the book is not published right now")
                                                .toException());
        exchange.answer(200, json -> MarketJson.write(json, book, depth, instrument));
    }

    void trades(Exchange exchange) throws IOException {
        QueryParameters query = exchange.query(Set.of("limit"));
        int limit = query.number("limit", 1, MAX_TRADES, DEFAULT_TRADES);
        query.throwIfInvalid();
        Instrument instrument = instrument(exchange);
        List<PublicTrade> trades = cache.trades(instrument.symbol(), limit);
        exchange.answer(200, json -> MarketJson.write(json, trades, instrument));
    }

    Instrument instrument(Exchange exchange) {
        String symbol = exchange.pathParameter("symbol");
        Instrument instrument = instruments.find(symbol);
        if (instrument == null) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "there is no such instrument");
        }
        return instrument;
    }
}
