package io.outcry.api.ws;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketListener;
import io.outcry.domain.market.MarketUpdate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the market on by a thread of its own, which has some of the audience told and then looks
 * whether more has come. What comes of a symbol while that is busy becomes one update: so who
 * listens is behind by what telling everybody takes once, however many there are to tell and
 * however much trades. Closing it ends the thread.
 */
final class Conflation implements MarketListener, AutoCloseable {
    /** Trades and levels that wait of a symbol: whoever brings more waits. */
    private static final int MOST_CHANGES = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Conflation.class);

    /** Who is told, by the thread that tells, but for {@link #read}. */
    interface Audience {
        /** All of the symbol as it is now, by the thread that brings its book. */
        MarketStart read(BookSnapshot book);

        /** Tells everybody. */
        void start(MarketStart start);

        /** Whether no update of the symbol may come before somebody is told of those that came. */
        boolean isFull(Symbol symbol);

        /** Nobody is told before {@link #tellNext}. */
        void update(MarketUpdate update);

        /** Tells everybody. */
        void lose(Symbol symbol);

        /** Tells those whose turn it is, if anybody's; whether others wait for theirs. */
        boolean tellNext();
    }

    /** What has come of a symbol: first a gap, then a start, then an update, if they are there. */
    private record News(boolean gap, @Nullable MarketStart start, @Nullable MarketUpdate update) {
        private static final News NONE = new News(false, null, null);

        News then(MarketUpdate next) {
            return new News(gap, start, update == null ? next : update.followedBy(next));
        }

        boolean full() {
            return update != null && update.size() >= MOST_CHANGES;
        }

        /** Whether it is nothing but an update. */
        boolean isUpdate() {
            return !gap && start == null;
        }

        void pass(Symbol symbol, Audience audience) {
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
            boolean more = false;
            while (await(more)) {
                take().forEach(this::pass);
                more = tellNext();
            }
        } catch (InterruptedException e) {
            LOG.warn("market data is no longer told: interrupted");
        }
    }

    /** Until there is something to do; false: closed. */
    private synchronized boolean await(boolean more) throws InterruptedException {
        while (!more && waiting.isEmpty() && !closed) {
            wait();
        }
        return !closed;
    }

    /** All that the audience can take now: there is something to tell it if not all. */
    private synchronized Map<Symbol, News> take() {
        Map<Symbol, News> taken = new LinkedHashMap<>();
        waiting.forEach(
                (symbol, news) -> {
                    if (!(news.isUpdate() && audience.isFull(symbol))) {
                        taken.put(symbol, news);
                    }
                });
        waiting.keySet().removeAll(taken.keySet());
        notifyAll();
        return taken;
    }

    private void pass(Symbol symbol, News news) {
        try {
            news.pass(symbol, audience);
        } catch (RuntimeException e) {
            LOG.error("market data of {} could not be told", symbol, e);
        }
    }

    private boolean tellNext() {
        try {
            return audience.tellNext();
        } catch (RuntimeException e) {
            LOG.error("market data could not be told", e);
            return true;
        }
    }

    /** What waits is not told. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
