package io.outcry.cache;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.Candles;
import io.outcry.domain.market.MarketBook;
import io.outcry.domain.market.MarketUpdate;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Tickers;
import io.outcry.domain.store.MarketState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The market as it is to be published: books, last trades, tickers, candles, and the updates that
 * lead from one publication to the next. For one thread.
 */
final class PublishedMarket {
    /** Trades newest first of each symbol; an update for each book. */
    record Part(List<BookSnapshot> books, List<PublicTrade> trades, List<MarketUpdate> updates) {}

    private final int levels;
    private final MarketBook books;
    private final LastTrades trades;
    private final Tickers tickers;
    private final Candles candles;
    private final Set<Symbol> symbols = new HashSet<>();
    private final Map<Symbol, BookSnapshot> published = new HashMap<>();
    private final Map<Symbol, List<PublicTrade>> newTrades = new HashMap<>();

    /**
     * @param nowNanos UTC nanoseconds since the epoch
     */
    PublishedMarket(MarketState market, int levels, int tradesPerSymbol, long nowNanos) {
        this.levels = levels;
        this.books = MarketBook.restore(market.sequence(), market::openOrders);
        this.trades = new LastTrades(tradesPerSymbol);
        List<Instrument> instruments = market.instruments();
        instruments.stream().map(Instrument::symbol).forEach(symbols::add);
        List<PublicTrade> oldestFirst = new ArrayList<>(market.lastTrades(tradesPerSymbol));
        Collections.reverse(oldestFirst);
        oldestFirst.forEach(trades::add);
        this.tickers =
                Tickers.restore(
                        market.candles(CandleInterval.ONE_MINUTE, Tickers.windowStart(nowNanos)),
                        oldestFirst,
                        instruments);
        this.candles = Candles.restore(newestCandles(market, nowNanos));
    }

    /** Those that are not over; a candle that is over will not change. */
    private static List<Candle> newestCandles(MarketState market, long nowNanos) {
        List<Candle> newest = new ArrayList<>();
        for (CandleInterval interval : CandleInterval.values()) {
            newest.addAll(market.candles(interval, interval.startOf(nowNanos)));
        }
        return newest;
    }

    void apply(Event event) {
        books.apply(event);
        if (event instanceof Event.Traded e) {
            PublicTrade trade = PublicTrade.of(e);
            trades.add(trade);
            newTrades.computeIfAbsent(e.symbol(), symbol -> new ArrayList<>()).add(trade);
            tickers.apply(e);
            candles.apply(e);
        } else if (event instanceof Event.InstrumentDefined e) {
            symbols.add(e.instrument().symbol());
        }
    }

    /** What changed since the last part was taken. */
    Part takeChanged(long nowNanos) {
        Set<Symbol> traded = trades.takeChanged();
        Set<Symbol> changed = new HashSet<>(books.takeChanged());
        changed.addAll(traded);
        return part(changed, traded, nowNanos);
    }

    Part takeAll(long nowNanos) {
        books.takeChanged();
        trades.takeChanged();
        return part(symbols, trades.symbols(), nowNanos);
    }

    private Part part(Collection<Symbol> ofBooks, Collection<Symbol> ofTrades, long nowNanos) {
        candles.takeChanged();
        List<BookSnapshot> snapshots = new ArrayList<>();
        List<MarketUpdate> updates = new ArrayList<>();
        for (Symbol symbol : ofBooks) {
            BookSnapshot book = books.snapshot(symbol, levels);
            snapshots.add(book);
            updates.add(update(book, nowNanos));
        }
        return new Part(snapshots, trades.of(ofTrades), updates);
    }

    private MarketUpdate update(BookSnapshot book, long nowNanos) {
        Symbol symbol = book.symbol();
        BookSnapshot before =
                published.getOrDefault(
                        symbol, new BookSnapshot(symbol, 0, 0, List.of(), List.of()));
        published.put(symbol, book);
        List<PublicTrade> recent = newTrades.remove(symbol);
        return new MarketUpdate(
                symbol,
                book.sequence(),
                before.sequence(),
                book.timeNanos(),
                MarketUpdate.changes(before.bids(), book.bids()),
                MarketUpdate.changes(before.asks(), book.asks()),
                recent == null ? List.of() : recent,
                tickers.ticker(symbol, Math.max(nowNanos, book.timeNanos()), book),
                candles(symbol));
    }

    private List<Candle> candles(Symbol symbol) {
        List<Candle> newest = new ArrayList<>();
        for (CandleInterval interval : CandleInterval.values()) {
            Candle candle = candles.newest(symbol, interval);
            if (candle != null) {
                newest.add(candle);
            }
        }
        return newest;
    }
}
