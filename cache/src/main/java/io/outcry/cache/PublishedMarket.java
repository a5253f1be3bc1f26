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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The market as it is to be published: books, last trades, tickers, candles, and the updates that
 * lead from one publication to the next. For one thread.
 */
final class PublishedMarket {
    /** Trades newest first of each symbol; an update for each book. */
    record Part(List<BookSnapshot> books, List<PublicTrade> trades, List<MarketUpdate> updates) {}

    private static final int MOST_CANDLES = 200;

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
        // The events to come follow the last trade, and may be from long before now.
        long lastNanos =
                oldestFirst.stream().mapToLong(PublicTrade::timeNanos).max().orElse(nowNanos);
        this.candles = Candles.restore(newestCandles(market, Math.min(nowNanos, lastNanos)));
    }

    /** Those that a trade from that time on can change. */
    private static List<Candle> newestCandles(MarketState market, long fromNanos) {
        List<Candle> newest = new ArrayList<>();
        for (CandleInterval interval : CandleInterval.values()) {
            newest.addAll(market.candles(interval, interval.startOf(fromNanos)));
        }
        return newest;
    }

    /** Last event that is in it. */
    long sequence() {
        return books.sequence();
    }

    Set<Symbol> symbols() {
        return Set.copyOf(symbols);
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
        Map<Symbol, List<Candle>> candlesOf =
                candles.takeChanged().stream().collect(Collectors.groupingBy(Candle::symbol));
        List<BookSnapshot> snapshots = new ArrayList<>();
        List<MarketUpdate> updates = new ArrayList<>();
        for (Symbol symbol : ofBooks) {
            BookSnapshot book = books.snapshot(symbol, levels);
            snapshots.add(book);
            updates.add(update(book, candlesOf.getOrDefault(symbol, List.of()), nowNanos));
        }
        return new Part(snapshots, trades.of(ofTrades), updates);
    }

    private MarketUpdate update(BookSnapshot book, List<Candle> changedCandles, long nowNanos) {
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
                candles(symbol, changedCandles));
    }

    /**
     * What changed, in its order, which of each interval is that of time, and the newest of each.
     * Of very many, as after an outage, those that changed first are left out.
     */
    private List<Candle> candles(Symbol symbol, List<Candle> changed) {
        Set<Candle> told =
                new LinkedHashSet<>(
                        changed.subList(
                                Math.max(0, changed.size() - MOST_CANDLES), changed.size()));
        for (CandleInterval interval : CandleInterval.values()) {
            Candle candle = candles.newest(symbol, interval);
            if (candle != null) {
                told.add(candle);
            }
        }
        return List.copyOf(told);
    }
}
