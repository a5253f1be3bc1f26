package io.outcry.api.ws;

import io.outcry.api.json.Json;
import io.outcry.api.ws.Messages.Meaning;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.MarketUpdate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some of a symbol's followers, who are told together. What comes before their turn becomes one
 * update, written when it is told: so who is told last in a round of thousands hears what is new by
 * then, and not what was when the round began. A channel's message is written once for all of them,
 * and names the sequence of the channel's message before it. For one thread at a time.
 */
final class Cohort {
    /**
     * As many are told within some milliseconds, and it costs little to write a message for them.
     */
    private static final int MOST_FOLLOWERS = 250;

    /** Trades and levels that wait: their message is a third of what may wait for a client. */
    private static final int MOST_CHANGES = 2_000;

    /** Who follows a channel, and the sequence of its last message. */
    private static final class Following {
        private final Set<Follower> followers = new LinkedHashSet<>();
        private final Instrument instrument;
        private long last;

        Following(Instrument instrument, long last) {
            this.instrument = instrument;
            this.last = last;
        }
    }

    /** Writes how things stand for a channel. */
    interface Snapshots {
        Json.Body of(Channel channel, Instrument instrument);
    }

    private final Map<Channel, Following> followings = new HashMap<>();
    private final Set<Follower> members = new LinkedHashSet<>();

    /** As last told. */
    private final Map<CandleInterval, Candle> candles = new EnumMap<>(CandleInterval.class);

    private @Nullable MarketUpdate waiting;

    /**
     * Begins without a follower.
     *
     * @param candles as all know them who hear a snapshot now
     */
    Cohort(Map<CandleInterval, Candle> candles) {
        this.candles.putAll(candles);
    }

    boolean hasRoom() {
        return members.size() < MOST_FOLLOWERS;
    }

    boolean has(Follower follower) {
        return members.contains(follower);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /**
     * Takes one in, or one of its followers into one more channel, once what waits is told: what is
     * told next follows on the snapshot.
     *
     * @param sequence as of now, should nobody have followed the channel; with no snapshot it does
     *     not matter
     * @param snapshots null: nothing is known of the symbol yet
     */
    void join(
            Channel channel,
            Instrument instrument,
            Follower follower,
            long sequence,
            @Nullable Snapshots snapshots) {
        tell();
        Following following =
                followings.computeIfAbsent(channel, key -> new Following(instrument, sequence));
        members.add(follower);
        following.followers.add(follower);
        if (snapshots != null) {
            follower.hear(snapshot(channel, following, snapshots));
        }
    }

    void leave(Channel channel, Follower follower) {
        Following following = followings.get(channel);
        if (following == null || !following.followers.remove(follower)) {
            return;
        }
        if (following.followers.isEmpty()) {
            followings.remove(channel);
        }
        if (followings.values().stream().noneMatch(each -> each.followers.contains(follower))) {
            members.remove(follower);
        }
    }

    /** Tells all of them how things stand; what waits is part of it. */
    void startAnew(long sequence, Map<CandleInterval, Candle> known, Snapshots snapshots) {
        waiting = null;
        candles.clear();
        candles.putAll(known);
        followings.forEach(
                (channel, following) -> {
                    following.last = sequence;
                    tell(following, snapshot(channel, following, snapshots));
                });
        endTelling();
    }

    private static byte[] snapshot(Channel channel, Following following, Snapshots snapshots) {
        return Messages.ofChannel(
                channel,
                Meaning.SNAPSHOT,
                following.last,
                0,
                snapshots.of(channel, following.instrument));
    }

    /** Tells all of them to heed nothing until the next snapshot. */
    void lose() {
        waiting = null;
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

    /** Lets it wait for its turn; whether nothing waited before. */
    boolean add(MarketUpdate update) {
        MarketUpdate before = waiting;
        waiting = before == null ? update : before.followedBy(update);
        return before == null;
    }

    /** Whether so much waits that no more is to come before it is told. */
    boolean isFull() {
        return waiting != null && waiting.size() >= MOST_CHANGES;
    }

    /** Tells what waits, if anything does. */
    void tell() {
        MarketUpdate update = waiting;
        if (update == null) {
            return;
        }
        waiting = null;
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

    private static void tell(Following following, byte[] message) {
        following.followers.forEach(follower -> follower.hearMore(message));
    }

    /** So that who follows several channels is sent their messages together. */
    private void endTelling() {
        members.forEach(Follower::heardAll);
    }
}
