package io.outcry.domain.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.domain.instrument.Symbol;
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
