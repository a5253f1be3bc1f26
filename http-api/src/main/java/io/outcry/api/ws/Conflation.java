package io.outcry.api.ws;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketListener;
import io.outcry.domain.market.MarketUpdate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the market on by a thread of its own. What comes of a symbol while that is busy with what
 * came before becomes one update: so who listens is behind by what telling everybody takes once,
 * however many there are to tell and however much trades. Closing it ends the thread.
 */
final class Conflation implements MarketListener, AutoCloseable {
    /**
     * Trades and levels that wait of a symbol: whoever brings more waits. Their message is a third
     * of what may wait for a client.
     */
    private static final int MOST_CHANGES = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Conflation.class);

    /** Who is told, by the thread that tells, but for {@link #read}. */
    interface Audience {
        /** All of the symbol as it is now, by the thread that brings its book. */
        MarketStart read(BookSnapshot book);

        void start(MarketStart start);

        void update(MarketUpdate update);

        void lose(Symbol symbol);
    }

    /** What has come of a symbol: first a gap, then a start, then an update, if they are there. */
    private record News(boolean gap, @Nullable MarketStart start, @Nullable MarketUpdate update) {
        private static final News NONE = new News(false, null, null);

        News then(MarketUpdate next) {
            return new News(gap, start, update == null ? next : update.followedBy(next));
        }

        boolean full() {
            return update != null
                    && update.trades().size() + update.bids().size() + update.asks().size()
                            >= MOST_CHANGES;
        }

        void tell(Symbol symbol, Audience audience) {
            if (gap) {
                audience.lose(symbol);
            }
            if (start != null) {
                audience.start(start);
            }
            if (update != null) {
                audience.update(update);
            }
        }
    }

    private final Audience audience;
    private final Thread thread = new Thread(this::run, "market-teller");

    // Guarded by this: by symbol, the one that has waited longest first.
    private final Map<Symbol, News> waiting = new LinkedHashMap<>();
    private boolean closed;

    private Conflation(Audience audience) {
        this.audience = audience;
    }

    /** Starts the thread. */
    static Conflation start(Audience audience) {
        Conflation conflation = new Conflation(audience);
        conflation.thread.setDaemon(true);
        conflation.thread.start();
        return conflation;
    }

    @Override
    public synchronized void onUpdate(MarketUpdate update) {
        while (news(update.symbol()).full() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        put(update.symbol(), news(update.symbol()).then(update));
    }

    @Override
    public void onSnapshot(BookSnapshot book) {
        // Not once it is told: the last trades might all be newer than the book by then.
        MarketStart start = audience.read(book);
        synchronized (this) {
            put(book.symbol(), new News(news(book.symbol()).gap(), start, null));
        }
    }

    @Override
    public synchronized void onGap(Symbol symbol) {
        put(symbol, new News(true, null, null));
    }

    private News news(Symbol symbol) {
        return waiting.getOrDefault(symbol, News.NONE);
    }

    private void put(Symbol symbol, News news) {
        waiting.put(symbol, news);
        notifyAll();
    }

    private void run() {
        try {
            for (Map.Entry<Symbol, News> next = take(); next != null; next = take()) {
                tell(next.getKey(), next.getValue());
            }
        } catch (InterruptedException e) {
            LOG.warn("market data is no longer told: interrupted");
        }
    }

    /** Null: closed. */
    private synchronized Map.@Nullable Entry<Symbol, News> take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            return null;
        }
        Iterator<Map.Entry<Symbol, News>> oldestFirst = waiting.entrySet().iterator();
        Map.Entry<Symbol, News> oldest = Map.Entry.copyOf(oldestFirst.next());
        oldestFirst.remove();
        notifyAll();
        return oldest;
    }

    private void tell(Symbol symbol, News news) {
        try {
            news.tell(symbol, audience);
        } catch (RuntimeException e) {
            LOG.error("market data of {} could not be told", symbol, e);
        }
    }

    /** What waits is not told. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
