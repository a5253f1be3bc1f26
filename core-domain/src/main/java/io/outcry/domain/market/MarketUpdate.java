package io.outcry.domain.market;

import io.outcry.domain.instrument.Symbol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What has changed of an instrument's market data since the update before it. Updates of a symbol
 * form a chain: each names the sequence that the one before it led to. Who sees another than the
 * last one seen has missed something, and starts anew from a snapshot of the book.
 *
 * @param sequence that applying it leads to; never less than the one before
 * @param previousSequence that it must be applied to; 0: the chain begins anew
 * @param bids levels that changed, with what they now hold; a quantity of 0: the level is gone
 * @param asks the same
 * @param trades oldest first
 * @param ticker as it now stands
 * @param candles that began or changed, as they now stand
 */
public record MarketUpdate(
        Symbol symbol,
        long sequence,
        long previousSequence,
        long timeNanos,
        List<BookLevel> bids,
        List<BookLevel> asks,
        List<PublicTrade> trades,
        Ticker ticker,
        List<Candle> candles) {
    public MarketUpdate {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
        trades = List.copyOf(trades);
        candles = List.copyOf(candles);
    }

    /** How many trades and changed levels it tells of. */
    public int size() {
        return trades.size() + bids.size() + asks.size();
    }

    /** The levels to change so that one side becomes the other, best first as they are given. */
    public static List<BookLevel> changes(List<BookLevel> from, List<BookLevel> to) {
        Map<Long, BookLevel> gone = new LinkedHashMap<>();
        from.forEach(level -> gone.put(level.price(), level));
        List<BookLevel> changes = new ArrayList<>();
        for (BookLevel level : to) {
            if (!level.equals(gone.remove(level.price()))) {
                changes.add(level);
            }
        }
        gone.keySet().forEach(price -> changes.add(new BookLevel(price, 0, 0)));
        return changes;
    }

    /**
     * The book after this update.
     *
     * @param book as of {@link #previousSequence}
     * @throws IllegalArgumentException when the book is of another symbol or sequence
     */
    public BookSnapshot applyTo(BookSnapshot book) {
        if (!book.symbol().equals(symbol) || book.sequence() != previousSequence) {
            throw new IllegalArgumentException(
                    "an update of "
                            + symbol
                            + " from "
                            + previousSequence
                            + " does not fit a book of "
                            + book.symbol()
                            + " at "
                            + book.sequence());
        }
        return new BookSnapshot(
                symbol,
                sequence,
                timeNanos,
                changed(book.bids(), bids, (a, b) -> Long.compare(b, a)),
                changed(book.asks(), asks, Long::compare));
    }

    /**
     * One update that does what this and the next one do.
     *
     * @param next of the same symbol; its previous sequence is this one's sequence
     * @throws IllegalArgumentException when it is not
     */
    public MarketUpdate followedBy(MarketUpdate next) {
        if (!next.symbol.equals(symbol) || next.previousSequence != sequence) {
            throw new IllegalArgumentException(
                    "an update of "
                            + next.symbol
                            + " from "
                            + next.previousSequence
                            + " does not follow one of "
                            + symbol
                            + " to "
                            + sequence);
        }
        List<PublicTrade> allTrades = new ArrayList<>(trades);
        allTrades.addAll(next.trades);
        return new MarketUpdate(
                symbol,
                next.sequence,
                previousSequence,
                next.timeNanos,
                latest(bids, next.bids, BookLevel::price),
                latest(asks, next.asks, BookLevel::price),
                allTrades,
                next.ticker,
                latest(
                        candles,
                        next.candles,
                        candle -> List.of(candle.interval(), candle.openTimeNanos())));
    }

    /** Of what has the same key the later one, at its place. */
    private static <T> List<T> latest(List<T> earlier, List<T> later, Function<T, Object> key) {
        Map<Object, T> latest = new LinkedHashMap<>();
        earlier.forEach(each -> latest.put(key.apply(each), each));
        for (T each : later) {
            latest.remove(key.apply(each));
            latest.put(key.apply(each), each);
        }
        return List.copyOf(latest.values());
    }

    private static List<BookLevel> changed(
            List<BookLevel> side, List<BookLevel> changes, Comparator<Long> bestFirst) {
        Map<Long, BookLevel> levels = new TreeMap<>(bestFirst);
        side.forEach(level -> levels.put(level.price(), level));
        for (BookLevel change : changes) {
            if (change.quantity() == 0) {
                levels.remove(change.price());
            } else {
                levels.put(change.price(), change);
            }
        }
        return List.copyOf(levels.values());
    }
}
