package io.outcry.cache;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.order.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values in Redis: decimal integers separated by single spaces, so that they can be read by
 * eye, and nothing is needed to read them. The first is the layout's version.
 *
 * <pre>
 * book:   1 sequence time bids asks (price quantity orders){bids} (price quantity orders){asks}
 * trades: 1 count (id price quantity side sequence time){count}     newest first; side 1 buy, 2 sell
 * </pre>
 *
 * <p>A value of another version reads as nothing: replicas of two releases may share a Redis while
 * one replaces the other. Pure functions.
 */
final class MarketDataText {
    private static final long VERSION = 1;

    private MarketDataText() {}

    static String write(BookSnapshot book) {
        StringBuilder text = new StringBuilder(64 + 24 * (book.bids().size() + book.asks().size()));
        text.append(VERSION);
        append(text, book.sequence());
        append(text, book.timeNanos());
        append(text, book.bids().size());
        append(text, book.asks().size());
        book.bids().forEach(level -> append(text, level));
        book.asks().forEach(level -> append(text, level));
        return text.toString();
    }

    private static void append(StringBuilder text, BookLevel level) {
        append(text, level.price());
        append(text, level.quantity());
        append(text, level.orders());
    }

    private static void append(StringBuilder text, long number) {
        text.append(' ').append(number);
    }

    /**
     * @throws NumberFormatException when the text is no such value
     */
    static Optional<BookSnapshot> readBook(Symbol symbol, String text) {
        Numbers numbers = new Numbers(text);
        if (numbers.next() != VERSION) {
            return Optional.empty();
        }
        long sequence = numbers.next();
        long time = numbers.next();
        int bids = (int) numbers.next();
        int asks = (int) numbers.next();
        return Optional.of(
                new BookSnapshot(
                        symbol, sequence, time, levels(numbers, bids), levels(numbers, asks)));
    }

    private static List<BookLevel> levels(Numbers numbers, int count) {
        List<BookLevel> levels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            levels.add(new BookLevel(numbers.next(), numbers.next(), (int) numbers.next()));
        }
        return levels;
    }

    /** All of one symbol, newest first. */
    static String write(List<PublicTrade> trades) {
        StringBuilder text = new StringBuilder(32 + 64 * trades.size());
        text.append(VERSION);
        append(text, trades.size());
        for (PublicTrade trade : trades) {
            append(text, trade.tradeId());
            append(text, trade.price());
            append(text, trade.quantity());
            append(text, trade.takerSide() == Side.BUY ? 1 : 2);
            append(text, trade.sequence());
            append(text, trade.timeNanos());
        }
        return text.toString();
    }

    /**
     * At most that many, newest first.
     *
     * @throws NumberFormatException when the text is no such value
     */
    static List<PublicTrade> readTrades(Symbol symbol, String text, int limit) {
        Numbers numbers = new Numbers(text);
        if (numbers.next() != VERSION) {
            return List.of();
        }
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

    /** Reads one number after the other. For one thread. */
    private static final class Numbers {
        private final String text;
        private int at;

        Numbers(String text) {
            this.text = text;
        }

        long next() {
            int space = text.indexOf(' ', at);
            int end = space < 0 ? text.length() : space;
            long number = Long.parseLong(text, at, end, 10);
            at = Math.min(text.length(), end + 1);
            return number;
        }
    }
}
