package io.outcry.cache;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketBook;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.store.MarketState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The market as it is to be published: books, last trades, and what changed. For one thread. */
final class PublishedMarket {
    /** Newest first of each symbol. */
    record Part(List<BookSnapshot> books, List<PublicTrade> trades) {}

    private final int levels;
    private final MarketBook books;
    private final LastTrades trades;
    private final Set<Symbol> symbols = new HashSet<>();

    PublishedMarket(MarketState market, int levels, int tradesPerSymbol) {
        this.levels = levels;
        this.books = MarketBook.restore(market.sequence(), market::openOrders);
        this.trades = new LastTrades(tradesPerSymbol);
        market.instruments().stream().map(Instrument::symbol).forEach(symbols::add);
        List<PublicTrade> newestFirst = new ArrayList<>(market.lastTrades(tradesPerSymbol));
        Collections.reverse(newestFirst);
        newestFirst.forEach(trades::add);
    }

    void apply(Event event) {
        books.apply(event);
        if (event instanceof Event.Traded e) {
            trades.add(
                    new PublicTrade(
                            e.tradeId(),
                            e.symbol(),
                            e.price(),
                            e.quantity(),
                            e.takerSide(),
                            e.sequence(),
                            e.timeNanos()));
        } else if (event instanceof Event.InstrumentDefined e) {
            symbols.add(e.instrument().symbol());
        }
    }

    /** What changed since the last part was taken. */
    Part takeChanged() {
        return part(books.takeChanged(), trades.takeChanged());
    }

    Part takeAll() {
        books.takeChanged();
        trades.takeChanged();
        return part(symbols, trades.symbols());
    }

    private Part part(Collection<Symbol> ofBooks, Collection<Symbol> ofTrades) {
        return new Part(
                ofBooks.stream().map(symbol -> books.snapshot(symbol, levels)).toList(),
                trades.of(ofTrades));
    }
}
