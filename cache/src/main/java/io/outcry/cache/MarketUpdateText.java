package io.outcry.cache;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.MarketUpdate;
import java.util.List;
import java.util.Optional;

/**
 * The messages on a symbol's channel, in the manner of {@link MarketDataText}, whose parts they
 * have: {@code 1 symbol sequence previous-sequence time}, then levels, trades, ticker, candles.
 * Pure functions.
 */
final class MarketUpdateText {
    private MarketUpdateText() {}

    static String write(MarketUpdate update) {
        StringBuilder text = new StringBuilder(512);
        text.append(MarketDataText.VERSION).append(' ').append(update.symbol().value());
        MarketDataText.append(
                text, update.sequence(), update.previousSequence(), update.timeNanos());
        MarketDataText.appendLevels(text, update.bids(), update.asks());
        MarketDataText.appendTrades(text, update.trades());
        MarketDataText.appendTicker(text, update.ticker());
        MarketDataText.appendCandles(text, update.candles());
        return text.toString();
    }

    /**
     * Empty: of another version.
     *
     * @throws IllegalArgumentException when the text is no such message
     */
    static Optional<MarketUpdate> read(String text) {
        TextNumbers numbers = new TextNumbers(text);
        if (numbers.next() != MarketDataText.VERSION) {
            return Optional.empty();
        }
        Symbol symbol = new Symbol(numbers.word());
        long sequence = numbers.next();
        long previous = numbers.next();
        long time = numbers.next();
        int bidCount = numbers.nextInt();
        int askCount = numbers.nextInt();
        List<BookLevel> bids = MarketDataText.levels(numbers, bidCount);
        List<BookLevel> asks = MarketDataText.levels(numbers, askCount);
        return Optional.of(
                new MarketUpdate(
                        symbol,
                        sequence,
                        previous,
                        time,
                        bids,
                        asks,
                        MarketDataText.trades(symbol, numbers, Integer.MAX_VALUE),
                        MarketDataText.ticker(symbol, numbers),
                        MarketDataText.candles(symbol, numbers)));
    }
}
