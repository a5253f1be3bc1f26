package io.outcry.cache;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import io.outcry.domain.order.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values in Redis: decimal integers separated by single spaces, so that they can be read by
 * eye, and nothing is needed to read them. The first is the layout's version.
 *
 * <pre>
 * book:    1 sequence time bids asks (price quantity orders){bids} (price quantity orders){asks}
 * trades:  1 count (id price quantity side sequence time){count}     newest first; side 1 buy, 2 sell
 * ticker:  1 sequence time bid quantity ask quantity last quantity time open high low volume turnover trades
 * candles: 1 count (interval open-time open high low close volume turnover trades sequence){count}
 * </pre>
 *
 * <p>A value of another version reads as nothing: replicas of two releases may share a Redis while
 * one replaces the other. Pure functions.
 */
final class MarketDataText {
    static final long VERSION = 1;

    private MarketDataText() {}

    static String write(BookSnapshot book) {
        StringBuilder text = new StringBuilder(64 + 24 * (book.bids().size() + book.asks().size()));
        text.append(VERSION);
        append(text, book.sequence(), book.timeNanos());
        appendLevels(text, book.bids(), book.asks());
        return text.toString();
    }

    static void appendLevels(StringBuilder text, List<BookLevel> bids, List<BookLevel> asks) {
        append(text, bids.size(), asks.size());
        bids.forEach(level -> append(text, level.price(), level.quantity(), level.orders()));
        asks.forEach(level -> append(text, level.price(), level.quantity(), level.orders()));
    }

    static void append(StringBuilder text, long... numbers) {
        for (long number : numbers) {
            text.append(' ').append(number);
        }
    }

    /**
     * @throws NumberFormatException when the text is no such value
     */
    static Optional<BookSnapshot> readBook(Symbol symbol, String text) {
        TextNumbers numbers = new TextNumbers(text);
        if (numbers.next() != VERSION) {
            return Optional.empty();
        }
        long sequence = numbers.next();
        long time = numbers.next();
        int bids = numbers.nextInt();
        int asks = numbers.nextInt();
        return Optional.of(
                new BookSnapshot(
                        symbol, sequence, time, levels(numbers, bids), levels(numbers, asks)));
    }

    static List<BookLevel> levels(TextNumbers numbers, int count) {
        List<BookLevel> levels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            levels.add(new BookLevel(numbers.next(), numbers.next(), numbers.nextInt()));
        }
        return levels;
    }

    /** All of one symbol, newest first. */
    static String write(List<PublicTrade> trades) {
        StringBuilder text = new StringBuilder(32 + 64 * trades.size());
        text.append(VERSION);
        appendTrades(text, trades);
        return text.toString();
    }

    static void appendTrades(StringBuilder text, List<PublicTrade> trades) {
        append(text, trades.size());
        for (PublicTrade trade : trades) {
            append(
                    text,
                    trade.tradeId(),
                    trade.price(),
                    trade.quantity(),
                    trade.takerSide() == Side.BUY ? 1 : 2,
                    trade.sequence(),
                    trade.timeNanos());
        }
    }

    /**
     * At most that many, newest first.
     *
     * @throws NumberFormatException when the text is no such value
     */
    static List<PublicTrade> readTrades(Symbol symbol, String text, int limit) {
        TextNumbers numbers = new TextNumbers(text);
        return numbers.next() == VERSION ? trades(symbol, numbers, limit) : List.of();
    }

    static List<PublicTrade> trades(Symbol symbol, TextNumbers numbers, int limit) {
        long count = Math.min(limit, numbers.next());
        List<PublicTrade> trades = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            trades.add(
                    new PublicTrade(
                            numbers.next(),
                            symbol,
                            numbers.next(),
                            numbers.next(),
                            numbers.next() == 1 ? Side.BUY : Side.SELL,
                            numbers.next(),
                            numbers.next()));
        }
        return trades;
    }

    static String write(Ticker ticker) {
        StringBuilder text = new StringBuilder(160).append(VERSION);
        appendTicker(text, ticker);
        return text.toString();
    }

    static void appendTicker(StringBuilder text, Ticker ticker) {
        append(
                text,
                ticker.sequence(),
                ticker.timeNanos(),
                ticker.bidPrice(),
                ticker.bidQuantity(),
                ticker.askPrice(),
                ticker.askQuantity(),
                ticker.lastPrice(),
                ticker.lastQuantity(),
                ticker.lastTimeNanos(),
                ticker.openPrice(),
                ticker.highPrice(),
                ticker.lowPrice(),
                ticker.volume(),
                ticker.turnover(),
                ticker.trades());
    }

    /**
     * @throws NumberFormatException when the text is no such value
     */
    static Optional<Ticker> readTicker(Symbol symbol, String text) {
        TextNumbers numbers = new TextNumbers(text);
        return numbers.next() == VERSION ? Optional.of(ticker(symbol, numbers)) : Optional.empty();
    }

    static Ticker ticker(Symbol symbol, TextNumbers n) {
        return new Ticker(
                symbol, n.next(), n.next(), n.next(), n.next(), n.next(), n.next(), n.next(),
                n.next(), n.next(), n.next(), n.next(), n.next(), n.next(), n.next(), n.next());
    }

    /** All of one symbol. */
    static String writeCandles(List<Candle> candles) {
        StringBuilder text = new StringBuilder(32 + 96 * candles.size()).append(VERSION);
        appendCandles(text, candles);
        return text.toString();
    }

    static void appendCandles(StringBuilder text, List<Candle> candles) {
        append(text, candles.size());
        for (Candle candle : candles) {
            text.append(' ').append(candle.interval().code());
            append(
                    text,
                    candle.openTimeNanos(),
                    candle.open(),
                    candle.high(),
                    candle.low(),
                    candle.close(),
                    candle.volume(),
                    candle.turnover(),
                    candle.trades(),
                    candle.sequence());
        }
    }

    /**
     * @throws NumberFormatException when the text is no such value
     */
    static List<Candle> readCandles(Symbol symbol, String text) {
        TextNumbers numbers = new TextNumbers(text);
        return numbers.next() == VERSION ? candles(symbol, numbers) : List.of();
    }

    static List<Candle> candles(Symbol symbol, TextNumbers n) {
        int count = n.nextInt();
        List<Candle> candles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CandleInterval interval =
                    CandleInterval.of(n.word())
                            .orElseThrow(() -> new NumberFormatException("no candle's interval"));
            candles.add(
                    new Candle(
                            symbol, interval, n.next(), n.next(), n.next(), n.next(), n.next(),
                            n.next(), n.next(), n.next(), n.next()));
        }
        return candles;
    }
}
