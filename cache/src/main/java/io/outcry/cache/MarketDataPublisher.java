package io.outcry.cache;

import io.outcry.cache.PublishedMarket.Part;
import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.store.MarketState;
import io.outcry.domain.store.ProjectionFollower;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the market's books, last trades, tickers and candles while this replica writes the
 * projection: what has changed, soon, and everything, from time to time, so that a cache that lost
 * its data has it back by itself. The projector's thread calls it and never waits for the cache,
 * which a thread of its own fills. Closing it ends that thread.
 */
public final class MarketDataPublisher implements ProjectionFollower, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MarketDataPublisher.class);

    private final MarketDataCache cache;
    private final Settings settings;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    /**
     * How long a new leader waits for what the one before has told. More than it takes to hear of
     * it anew, unless the engine has lost it.
     */
    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

    // Guarded by this.
    private @Nullable PublishedMarket market;
    private long leadingSinceNanos;
    private boolean caughtUp;
    // For the timer's thread.
    private long allPublishedAtNanos;
    private boolean failing;

    /**
     * What to publish, and how often.
     *
     * @param levels most price levels of each side of a book
     * @param tradesPerSymbol most trades kept of a symbol
     * @param changedInterval between publications of what changed
     * @param allInterval between publications of everything
     */
    public record Settings(
            int levels, int tradesPerSymbol, Duration changedInterval, Duration allInterval) {
        public static final Settings DEFAULT =
                new Settings(50, 100, Duration.ofMillis(100), Duration.ofSeconds(1));

        public Settings {
            if (levels < 1 || tradesPerSymbol < 1) {
                throw new IllegalArgumentException("levels and tradesPerSymbol must be above 0");
            }
            if (changedInterval.toNanos() <= 0 || allInterval.compareTo(changedInterval) < 0) {
                throw new IllegalArgumentException(
                        "changedInterval must be above 0 and at most allInterval");
            }
        }

        /** The same, with changes published that often. */
        public Settings withChangedInterval(Duration interval) {
            return new Settings(levels, tradesPerSymbol, interval, allInterval);
        }
    }

    private MarketDataPublisher(MarketDataCache cache, Settings settings, Clock clock) {
        this.clock = clock;
        this.cache = cache;
        this.settings = settings;
        this.allPublishedAtNanos = System.nanoTime() - settings.allInterval().toNanos();
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "outcry-market-data");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * Publishes nothing until it is told that this replica leads.
     *
     * @param clock by which the 24 hours of tickers end
     */
    public static MarketDataPublisher start(MarketDataCache cache, Settings settings, Clock clock) {
        MarketDataPublisher publisher = new MarketDataPublisher(cache, settings, clock);
        long intervalNanos = settings.changedInterval().toNanos();
        // Runs until the timer is shut down: publish() lets nothing through.
        ScheduledFuture<?> unused =
                publisher.timer.scheduleWithFixedDelay(
                        publisher::publish, intervalNanos, intervalNanos, TimeUnit.NANOSECONDS);
        return publisher;
    }

    @Override
    public void leading(MarketState state) {
        PublishedMarket restored =
                new PublishedMarket(
                        state, settings.levels(), settings.tradesPerSymbol(), nowNanos());
        synchronized (this) {
            market = restored;
            leadingSinceNanos = System.nanoTime();
            caughtUp = false;
        }
    }

    /**
     * What the engine has on disk stands, whoever writes it down: it is told before it is written.
     */
    @Override
    public synchronized void arrived(List<Event> events) {
        PublishedMarket current = market;
        if (current != null) {
            events.forEach(current::apply);
        }
    }

    @Override
    public void written(List<Event> events, List<LedgerEntry> booked) {}

    @Override
    public synchronized void resigned() {
        market = null;
    }

    /** Must not throw: that would end the timer. */
    private void publish() {
        try {
            if (!isCaughtUp()) {
                return;
            }
            Part part = takePart();
            if (part != null) {
                cache.publish(part.books(), part.trades(), part.updates());
                if (failing) {
                    LOG.info("market data is published again");
                }
                failing = false;
            }
        } catch (CacheUnavailableException e) {
            if (!failing) {
                LOG.warn("market data waits for the cache: {}", e.getMessage());
            }
            failing = true;
        } catch (RuntimeException e) {
            LOG.error("market data could not be published", e);
            failing = true;
        }
    }

    /**
     * Whether all that was told before is known here. What is told need not have been projected, so
     * a new leader begins with less than its predecessor told: nobody's market is to go back.
     */
    private boolean isCaughtUp() {
        Set<Symbol> symbols;
        synchronized (this) {
            PublishedMarket current = market;
            if (current == null || caughtUp) {
                return true;
            }
            symbols = current.symbols();
        }
        long told =
                symbols.stream()
                        .flatMap(symbol -> cache.book(symbol).stream())
                        .mapToLong(BookSnapshot::sequence)
                        .max()
                        .orElse(0);
        synchronized (this) {
            PublishedMarket current = market;
            caughtUp =
                    current != null
                            && (current.sequence() >= told
                                    || System.nanoTime() - leadingSinceNanos >= CATCH_UP_NANOS);
            return caughtUp;
        }
    }

    /** After a failure everything is due: what was taken then is lost. */
    private synchronized @Nullable Part takePart() {
        PublishedMarket current = market;
        if (current == null) {
            return null;
        }
        long now = System.nanoTime();
        if (failing || now - allPublishedAtNanos >= settings.allInterval().toNanos()) {
            allPublishedAtNanos = now;
            return current.takeAll(nowNanos());
        }
        return current.takeChanged(nowNanos());
    }

    private long nowNanos() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
