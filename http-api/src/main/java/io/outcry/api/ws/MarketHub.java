package io.outcry.api.ws;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.market.MarketUpdate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on to this replica's clients what the leader publishes. Safe for use by many threads. */
final class MarketHub implements Conflation.Audience {
    private static final Logger LOG = LoggerFactory.getLogger(MarketHub.class);
    private static final int LAST_TRADES = 100;

    private final InstrumentTable instruments;
    private final MarketDataCache cache;
    private final Map<Symbol, SymbolFeed> feeds = new ConcurrentHashMap<>();

    /** Who is to be told, the one that has waited longest first; for the thread that tells. */
    private final Deque<Turn> turns = new ArrayDeque<>();

    private record Turn(SymbolFeed feed, Cohort cohort) {}

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

    /** What else there is of the symbol may be a moment newer or older than its book. */
    @Override
    public MarketStart read(BookSnapshot book) {
        Symbol symbol = book.symbol();
        try {
            return new MarketStart(
                    book,
                    cache.trades(symbol, LAST_TRADES),
                    cache.ticker(symbol).orElse(null),
                    cache.candles(symbol));
        } catch (CacheUnavailableException e) {
            LOG.debug("{} starts with its book alone", symbol, e);
            return new MarketStart(book, List.of(), null, List.of());
        }
    }

    @Override
    public void start(MarketStart start) {
        feed(start.book().symbol()).startAnew(start);
    }

    @Override
    public boolean isFull(Symbol symbol) {
        return feed(symbol).isFull();
    }

    @Override
    public void update(MarketUpdate update) {
        SymbolFeed feed = feed(update.symbol());
        feed.update(update).forEach(cohort -> turns.add(new Turn(feed, cohort)));
    }

    @Override
    public boolean tellNext() {
        Turn next = turns.poll();
        if (next != null) {
            next.feed.tell(next.cohort);
        }
        return !turns.isEmpty();
    }

    @Override
    public void lose(Symbol symbol) {
        feed(symbol).lose();
    }
}
