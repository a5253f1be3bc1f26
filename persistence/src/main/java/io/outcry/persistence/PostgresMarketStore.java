package io.outcry.persistence;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.store.MarketStore;
import io.outcry.domain.store.Page;
import java.util.List;

/** Every query names the symbol itself. Safe for use by many threads. */
final class PostgresMarketStore implements MarketStore {
    private static final String TRADES =
            "SELECT trade_id, symbol, price, quantity, taker_side, sequence, time_nanos"
                    + " FROM trades WHERE symbol = :symbol AND trade_id < :before"
                    + " ORDER BY trade_id DESC LIMIT :limit";
    private static final String CANDLES =
            "SELECT "
                    + CandleRows.COLUMNS
                    + " FROM candles c WHERE symbol = :symbol AND candle_interval = :interval"
                    + " AND open_time_nanos < :before ORDER BY open_time_nanos DESC LIMIT :limit";

    private final Database database;

    PostgresMarketStore(Database database) {
        this.database = database;
    }

    @Override
    public List<PublicTrade> trades(Symbol symbol, Page page) {
        return database.query(
                "listing trades",
                handle ->
                        handle.createQuery(TRADES)
                                .bind("symbol", symbol.value())
                                .bind("before", page.beforeId())
                                .bind("limit", page.limit())
                                .map((row, context) -> PostgresMarketState.readTrade(row))
                                .list());
    }

    @Override
    public List<Candle> candles(Symbol symbol, CandleInterval interval, Page page) {
        return database.query(
                "listing candles",
                handle ->
                        handle.createQuery(CANDLES)
                                .bind("symbol", symbol.value())
                                .bind("interval", Codes.CANDLE_INTERVAL.of(interval))
                                .bind("before", page.beforeId())
                                .bind("limit", page.limit())
                                .map((row, context) -> CandleRows.read(row))
                                .list());
    }
}
