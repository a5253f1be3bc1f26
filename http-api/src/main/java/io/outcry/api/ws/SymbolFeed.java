package io.outcry.api.ws;

import io.outcry.api.json.Json;
import io.outcry.api.ws.Messages.Meaning;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.MarketUpdate;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One symbol's market data as last heard, and who follows its channels. A channel's message is
 * written once for all, and names the sequence of the channel's message before it. Safe for use by
 * many threads.
 */
final class SymbolFeed {
    private static final int MOST_TRADES = 100;

    /** Who follows a channel, and the sequence of its last message. */
    private static final class Following {
        private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
        private final Instrument instrument;
        private long last;

        Following(Instrument instrument, long last) {
            this.instrument = instrument;
            this.last = last;
        }
    }

    // Guarded by this.
    private @Nullable BookSnapshot book;
    private @Nullable Ticker ticker;
    private final Deque<PublicTrade> trades = new ArrayDeque<>();
    private final Map<CandleInterval, Candle> candles = new EnumMap<>(CandleInterval.class);
    private final Map<Channel, Following> followings = new HashMap<>();

    /** From here on; when nothing is known of the symbol yet, a snapshot comes once it is. */
    synchronized void follow(Channel channel, Instrument instrument, Follower follower) {
        Following following =
                followings.computeIfAbsent(
                        channel,
                        key -> new Following(instrument, book == null ? 0 : book.sequence()));
        following.followers.add(follower);
        if (book != null) {
            follower.hear(snapshot(channel, following, book));
        }
    }

    synchronized void leave(Channel channel, Follower follower) {
        Following following = followings.get(channel);
        if (following != null) {
            following.followers.remove(follower);
            if (following.followers.isEmpty()) {
                followings.remove(channel);
            }
        }
    }

    /** All that is known from now on. */
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
        followings.forEach(
                (channel, following) -> {
                    following.last = snapshot.sequence();
                    tell(following, snapshot(channel, following, snapshot));
                });
        endTelling();
    }

    /** Nothing is known any more. */
    synchronized void lose() {
        book = null;
        followings.forEach(
                (channel, following) ->
                        tell(
                                following,
                                Messages.ofChannel(
                                        channel,
                                        Meaning.RESYNC,
                                        following.last,
                                        following.last,
                                        json -> {})));
        endTelling();
    }

    synchronized void update(MarketUpdate update) {
        if (book == null || book.sequence() != update.previousSequence()) {
            return;
        }
        book = update.applyTo(book);
        ticker = update.ticker();
        update.trades().forEach(trades::addLast);
        while (trades.size() > MOST_TRADES) {
            trades.removeFirst();
        }
        followings.forEach((channel, following) -> tell(channel, following, update));
        endTelling();
        update.candles().forEach(candle -> candles.put(candle.interval(), candle));
    }

    /** Tells of what has changed for the channel, if anything has. */
    private void tell(Channel channel, Following following, MarketUpdate update) {
        Json.Body changes = changes(channel, following.instrument, update);
        if (changes != null) {
            byte[] message =
                    Messages.ofChannel(
                            channel, Meaning.UPDATE, update.sequence(), following.last, changes);
            following.last = update.sequence();
            tell(following, message);
        }
    }

    private Json.@Nullable Body changes(
            Channel channel, Instrument instrument, MarketUpdate update) {
        return switch (channel.kind()) {
            case BOOK ->
                    update.bids().isEmpty() && update.asks().isEmpty()
                            ? null
                            : MarketBodies.book(
                                    update.timeNanos(), update.bids(), update.asks(), instrument);
            case TRADES ->
                    update.trades().isEmpty()
                            ? null
                            : MarketBodies.trades(update.trades(), instrument);
            case TICKER -> MarketBodies.ticker(update.ticker(), instrument);
            case CANDLES -> {
                List<Candle> changed =
                        update.candles().stream()
                                .filter(candle -> candle.interval() == channel.interval())
                                .filter(candle -> !candle.equals(candles.get(candle.interval())))
                                .toList();
                yield changed.isEmpty() ? null : MarketBodies.candles(changed, instrument);
            }
            case ORDERS, ACCOUNT -> throw new IllegalStateException(channel + " is private");
        };
    }

    private byte[] snapshot(Channel channel, Following following, BookSnapshot of) {
        Instrument instrument = following.instrument;
        Json.Body body =
                switch (channel.kind()) {
                    case BOOK ->
                            MarketBodies.book(of.timeNanos(), of.bids(), of.asks(), instrument);
                    case TRADES -> MarketBodies.trades(List.copyOf(trades), instrument);
                    case TICKER -> MarketBodies.ticker(ticker, instrument);
                    case CANDLES -> {
                        Candle newest = candles.get(channel.interval());
                        yield MarketBodies.candles(
                                newest == null ? List.of() : List.of(newest), instrument);
                    }
                    case ORDERS, ACCOUNT ->
                            throw new IllegalStateException(channel + " is private");
                };
        return Messages.ofChannel(channel, Meaning.SNAPSHOT, following.last, 0, body);
    }

    private static void tell(Following following, byte[] message) {
        following.followers.forEach(follower -> follower.hearMore(message));
    }

    /** So that who follows several channels is sent their messages together. */
    private void endTelling() {
        followings.values().forEach(each -> each.followers.forEach(Follower::heardAll));
    }
}
