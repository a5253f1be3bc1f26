package io.outcry.api.ws;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.market.MarketListener;
import io.outcry.domain.market.MarketUpdate;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on to this replica's clients what the leader publishes. Safe for use by many threads. */
final class MarketHub implements MarketListener {
    private static final Logger LOG = LoggerFactory.getLogger(MarketHub.class);
    private static final int LAST_TRADES = 100;

    private final InstrumentTable instruments;
    private final MarketDataCache cache;
    private final Map<Symbol, SymbolFeed> feeds = new ConcurrentHashMap<>();

    MarketHub(InstrumentTable instruments, MarketDataCache cache) {
        this.instruments = instruments;
        this.cache = cache;
    }

    /**
     * Once begun, from there on, first a snapshot. May wait for the engine.
     *
     * @throws io.outcry.api.problem.ProblemException UNKNOWN_SYMBOL
     */
    Following follow(Channel channel, Follower follower) {
        Instrument instrument = instruments.find(channel.ofSymbol().value());
        if (instrument == null) {
            throw Problem.of(ErrorCode.UNKNOWN_SYMBOL, "there is no instrument " + channel.symbol())
                    .toException();
        }
        SymbolFeed feed = feed(channel.ofSymbol());
        return new Following(
                () -> feed.follow(channel, instrument, follower),
                () -> feed.leave(channel, follower));
    }

    private SymbolFeed feed(Symbol symbol) {
        return feeds.computeIfAbsent(symbol, key -> new SymbolFeed());
    }

    @Override
    public void onUpdate(MarketUpdate update) {
        feed(update.symbol()).update(update);
    }

    /** What else there is of the symbol may be a moment newer or older than its book. */
    @Override
    public void onSnapshot(BookSnapshot book) {
        Symbol symbol = book.symbol();
        List<PublicTrade> trades = List.of();
        Ticker ticker = null;
        List<Candle> candles = List.of();
        try {
            trades = cache.trades(symbol, LAST_TRADES);
            ticker = cache.ticker(symbol).orElse(null);
            candles = cache.candles(symbol);
        } catch (CacheUnavailableException e) {
            LOG.debug("{} starts with its book alone", symbol, e);
        }
        feed(symbol).startAnew(book, trades, ticker, candles);
    }

    @Override
    public void onGap(Symbol symbol) {
        feed(symbol).lose();
    }
}
