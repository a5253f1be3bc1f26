package io.outcry.api.ws;

import io.outcry.api.json.Json;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.MarketUpdate;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One symbol's market data as last heard, and who follows its channels, in {@link Cohort}s that are
 * told in turn. Safe for use by many threads.
 */
final class SymbolFeed {
    private static final int MOST_TRADES = 100;

    // Guarded by this.
    private @Nullable BookSnapshot book;
    private @Nullable Ticker ticker;
    private final Deque<PublicTrade> trades = new ArrayDeque<>();
    private final Map<CandleInterval, Candle> candles = new EnumMap<>(CandleInterval.class);
    private final List<Cohort> cohorts = new ArrayList<>();

    /** From here on; when nothing is known of the symbol yet, a snapshot comes once it is. */
    synchronized void follow(Channel channel, Instrument instrument, Follower follower) {
        BookSnapshot now = book;
        cohort(follower)
                .join(
                        channel,
                        instrument,
                        follower,
                        now == null ? 0 : now.sequence(),
                        now == null ? null : snapshots(now));
    }

    /** All channels of a follower are told together. */
    private Cohort cohort(Follower follower) {
        return cohorts.stream()
                .filter(cohort -> cohort.has(follower))
                .findFirst()
                .or(() -> cohorts.stream().filter(Cohort::hasRoom).findFirst())
                .orElseGet(this::addCohort);
    }

    private Cohort addCohort() {
        Cohort cohort = new Cohort(candles);
        cohorts.add(cohort);
        return cohort;
    }

    synchronized void leave(Channel channel, Follower follower) {
        cohorts.forEach(cohort -> cohort.leave(channel, follower));
        cohorts.removeIf(Cohort::isEmpty);
    }

    /** All that is known from now on; tells everybody. */
    synchronized void startAnew(MarketStart start) {
        BookSnapshot snapshot = start.book();
        book = snapshot;
        ticker = start.ticker();
        trades.clear();
        start.newestFirst().stream()
                .filter(trade -> trade.sequence() <= snapshot.sequence())
                .forEach(trades::addFirst);
        candles.clear();
        start.candles().forEach(candle -> candles.put(candle.interval(), candle));
        cohorts.forEach(
                cohort -> cohort.startAnew(snapshot.sequence(), candles, snapshots(snapshot)));
    }

    /** Nothing is known any more; tells everybody. */
    synchronized void lose() {
        book = null;
        cohorts.forEach(Cohort::lose);
    }

    /** Takes it in; nobody is told yet. Those for whom nothing waited before it. */
    synchronized List<Cohort> update(MarketUpdate update) {
        if (book == null || book.sequence() != update.previousSequence()) {
            return List.of();
        }
        book = update.applyTo(book);
        ticker = update.ticker();
        update.trades().forEach(trades::addLast);
        while (trades.size() > MOST_TRADES) {
            trades.removeFirst();
        }
        update.candles().forEach(candle -> candles.put(candle.interval(), candle));
        return cohorts.stream().filter(cohort -> cohort.add(update)).toList();
    }

    /** Whether so much waits for somebody that no update may come before it is told. */
    synchronized boolean isFull() {
        return cohorts.stream().anyMatch(Cohort::isFull);
    }

    /** Tells those of its followers what waits for them. */
    synchronized void tell(Cohort cohort) {
        cohort.tell();
    }

    private Cohort.Snapshots snapshots(BookSnapshot of) {
        return (channel, instrument) -> snapshot(channel, instrument, of);
    }

    private Json.Body snapshot(Channel channel, Instrument instrument, BookSnapshot of) {
        return switch (channel.kind()) {
            case BOOK -> MarketBodies.book(of.timeNanos(), of.bids(), of.asks(), instrument);
            case TRADES -> MarketBodies.trades(List.copyOf(trades), instrument);
            case TICKER -> MarketBodies.ticker(ticker, instrument);
            case CANDLES -> {
                Candle newest = candles.get(channel.interval());
                yield MarketBodies.candles(
                        newest == null ? List.of() : List.of(newest), instrument);
            }
            case ORDERS, ACCOUNT -> throw new IllegalStateException(channel + " is private");
        };
    }
}
