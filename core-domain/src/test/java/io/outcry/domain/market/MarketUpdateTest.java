package io.outcry.domain.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Side;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketUpdateTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final int LEVELS = 5;

    @ParameterizedTest
    @ValueSource(longs = {1, 20261124})
    void updatesTakeOneSnapshotToTheNextWhateverHappensToTheBook(long seed) {
        SlowVenue venue = new SlowVenue(new Random(seed), List.of(AAPL));
        BookSnapshot followed = new BookSnapshot(AAPL, 0, 0, List.of(), List.of());
        for (int step = 0; step < 2_000; step++) {
            venue.step();
            BookSnapshot next = venue.expected(AAPL, LEVELS);
            MarketUpdate update = update(followed, next);
            followed = update.applyTo(followed);
            assertThat(followed).as("seed %s step %s", seed, step).isEqualTo(next);
        }
    }

    @Test
    void anUpdateThatDoesNotFollowIsRefused() {
        BookSnapshot first = new BookSnapshot(AAPL, 7, 0, List.of(), List.of());
        BookSnapshot second =
                new BookSnapshot(AAPL, 9, 0, List.of(new BookLevel(1, 1, 1)), List.of());
        MarketUpdate update = update(first, second);
        assertThat(update.bids()).containsExactly(new BookLevel(1, 1, 1));
        assertThatThrownBy(() -> update.applyTo(second))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 7");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 20261130})
    void severalUpdatesInOneDoWhatTheyDoOneByOne(long seed) {
        Random random = new Random(seed);
        SlowVenue venue = new SlowVenue(random, List.of(AAPL));
        BookSnapshot followed = new BookSnapshot(AAPL, 0, 0, List.of(), List.of());
        BookSnapshot last = followed;
        MarketUpdate all = null;
        for (int step = 0; step < 2_000; step++) {
            venue.step();
            BookSnapshot next = venue.expected(AAPL, LEVELS);
            MarketUpdate update = update(last, next);
            last = next;
            all = all == null ? update : all.followedBy(update);
            if (random.nextInt(10) == 0) {
                followed = all.applyTo(followed);
                assertThat(followed).as("seed %s step %s", seed, step).isEqualTo(next);
                assertThat(all.bids()).extracting(BookLevel::price).doesNotHaveDuplicates();
                all = null;
            }
        }
    }

    @Test
    void oneUpdateOfTwoHasAllTradesAndTheLatestCandles() {
        PublicTrade one = trade(1);
        PublicTrade two = trade(2);
        Candle begun = candle(60, 1);
        Candle grown = candle(60, 2);
        Candle other = candle(120, 3);
        MarketUpdate first = update(0, 5, List.of(one), List.of(begun));
        MarketUpdate second = update(5, 9, List.of(two), List.of(grown, other));
        MarketUpdate both = first.followedBy(second);
        assertThat(both.previousSequence()).isZero();
        assertThat(both.sequence()).isEqualTo(9);
        assertThat(both.trades()).containsExactly(one, two);
        assertThat(both.candles()).containsExactly(grown, other);
        assertThatThrownBy(() -> second.followedBy(first))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not follow");
    }

    private static PublicTrade trade(long id) {
        return new PublicTrade(id, AAPL, 100, 1, Side.BUY, id, id);
    }

    private static Candle candle(long openSeconds, long volume) {
        return new Candle(
                AAPL,
                CandleInterval.ONE_MINUTE,
                openSeconds * 1_000_000_000,
                100,
                100,
                100,
                100,
                volume,
                100 * volume,
                1,
                1);
    }

    private static MarketUpdate update(
            long from, long to, List<PublicTrade> trades, List<Candle> candles) {
        BookSnapshot book = new BookSnapshot(AAPL, to, 0, List.of(), List.of());
        return new MarketUpdate(
                AAPL,
                to,
                from,
                0,
                List.of(),
                List.of(),
                trades,
                new Tickers().ticker(AAPL, 0, book),
                candles);
    }

    private static MarketUpdate update(BookSnapshot from, BookSnapshot to) {
        return new MarketUpdate(
                to.symbol(),
                to.sequence(),
                from.sequence(),
                to.timeNanos(),
                MarketUpdate.changes(from.bids(), to.bids()),
                MarketUpdate.changes(from.asks(), to.asks()),
                List.of(),
                new Tickers().ticker(to.symbol(), 0, to),
                List.of());
    }
}
