package io.outcry.cache;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketUpdate;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.params.SetParams;

/**
 * Market data in Redis, some keys a symbol, whose hash tags keep them on one server of a cluster,
 * and a channel a symbol. Safe for use by many threads; has none of its own.
 */
final class RedisMarketDataCache implements MarketDataCache {
    private final RedisConnection redis;
    private final RedisConnection publishing;
    private final SetParams expiring;

    /**
     * @param redis for what is read
     */
    RedisMarketDataCache(RedisConnection redis, RedisConnection publishing) {
        this.redis = redis;
        this.publishing = publishing;
        this.expiring = SetParams.setParams().px(redis.settings().expiry().toMillis());
    }

    /**
     * Of a symbol that has trades in the list, they are all the cache then knows of it, newest
     * first. What a symbol's update tells is readable before the update is heard.
     */
    @Override
    public void publish(
            List<BookSnapshot> books, List<PublicTrade> trades, List<MarketUpdate> updates) {
        Map<String, String> values = new LinkedHashMap<>();
        books.forEach(book -> values.put(bookKey(book.symbol()), MarketDataText.write(book)));
        Map<Symbol, List<PublicTrade>> bySymbol = new LinkedHashMap<>();
        trades.forEach(
                trade ->
                        bySymbol.computeIfAbsent(trade.symbol(), symbol -> new ArrayList<>())
                                .add(trade));
        bySymbol.forEach(
                (symbol, ofSymbol) ->
                        values.put(tradesKey(symbol), MarketDataText.write(ofSymbol)));
        for (MarketUpdate update : updates) {
            values.put(tickerKey(update.symbol()), MarketDataText.write(update.ticker()));
            if (!update.candles().isEmpty()) {
                values.put(
                        candlesKey(update.symbol()),
                        MarketDataText.writeCandles(newest(update.candles())));
            }
        }
        List<RedisPipeline.Command> commands = new ArrayList<>();
        values.forEach((key, value) -> commands.add(keeping(key, value)));
        updates.forEach(update -> commands.add(telling(update)));
        RedisPipeline.send(publishing, "publishing", commands);
    }

    private RedisPipeline.Command keeping(String key, String value) {
        return new RedisPipeline.Command(key, pipeline -> pipeline.set(key, value, expiring));
    }

    private static RedisPipeline.Command telling(MarketUpdate update) {
        String channel = channel(update.symbol());
        String text = MarketUpdateText.write(update);
        return new RedisPipeline.Command(channel, pipeline -> pipeline.publish(channel, text));
    }

    @Override
    public Optional<BookSnapshot> book(Symbol symbol) {
        return get(bookKey(symbol)).flatMap(text -> MarketDataText.readBook(symbol, text));
    }

    @Override
    public List<PublicTrade> trades(Symbol symbol, int limit) {
        return get(tradesKey(symbol))
                .map(text -> MarketDataText.readTrades(symbol, text, limit))
                .orElse(List.of());
    }

    @Override
    public Optional<Ticker> ticker(Symbol symbol) {
        return get(tickerKey(symbol)).flatMap(text -> MarketDataText.readTicker(symbol, text));
    }

    @Override
    public List<Candle> candles(Symbol symbol) {
        return get(candlesKey(symbol))
                .map(text -> MarketDataText.readCandles(symbol, text))
                .orElse(List.of());
    }

    /** Of each interval the last. */
    private static List<Candle> newest(List<Candle> candles) {
        Map<CandleInterval, Candle> newest = new EnumMap<>(CandleInterval.class);
        candles.forEach(candle -> newest.put(candle.interval(), candle));
        return List.copyOf(newest.values());
    }

    private Optional<String> get(String key) {
        return redis.call(
                "reading market data", key, client -> Optional.ofNullable(client.get(key)));
    }

    private static String bookKey(Symbol symbol) {
        return prefix(symbol) + "book";
    }

    private static String tradesKey(Symbol symbol) {
        return prefix(symbol) + "trades";
    }

    private static String tickerKey(Symbol symbol) {
        return prefix(symbol) + "ticker";
    }

    private static String candlesKey(Symbol symbol) {
        return prefix(symbol) + "candles";
    }

    static String channel(Symbol symbol) {
        return prefix(symbol) + "updates";
    }

    private static String prefix(Symbol symbol) {
        return "outcry:{" + symbol.value() + "}:";
    }
}
