package io.outcry.cache;

import static io.outcry.cache.MarketScript.AAPL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.order.Side;
import io.outcry.domain.store.MarketState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedMarketTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long MOMENT = Duration.ofMillis(50).toNanos();

    private final MarketScript script = new MarketScript();

    private PublishedMarket market(MarketState state, long nowNanos) {
        PublishedMarket market = new PublishedMarket(state, 10, 10, nowNanos);
        market.takeAll(nowNanos);
        return market;
    }

    private static List<Candle> minutes(PublishedMarket market) {
        return market.takeChanged(MINUTE + MOMENT).updates().stream()
                .flatMap(update -> update.candles().stream())
                .filter(candle -> candle.interval() == CandleInterval.ONE_MINUTE)
                .toList();
    }

    @Test
    void aCandleThatHasEndedIsToldWithItsLastTrades() {
        PublishedMarket market = market(script.market(), 0);
        market.apply(script.limit(Side.SELL, 1, 150));
        market.apply(script.tradeAt(MINUTE - MOMENT, 1, 9));
        market.apply(script.limit(Side.SELL, 2, 150));
        market.apply(script.tradeAt(MINUTE + MOMENT, 2, 7));

        assertThat(minutes(market))
                .extracting(Candle::openTimeNanos, Candle::volume)
                .containsExactly(tuple(0L, 1L), tuple(MINUTE, 2L));
    }

    @Test
    void aNewLeaderGoesOnWithCandlesThatAreOverByItsClockAlone() {
        PublicTrade last = new PublicTrade(20, AAPL, 140, 5, Side.BUY, 90, MINUTE - 2 * MOMENT);
        Candle running =
                new Candle(AAPL, CandleInterval.ONE_MINUTE, 0, 140, 140, 140, 140, 5, 700, 1, 90);
        PublishedMarket market = market(script.market(List.of(last), List.of(running)), 2 * MINUTE);
        market.apply(script.limit(Side.SELL, 1, 150));
        market.apply(script.tradeAt(MINUTE - MOMENT, 1, 9));

        assertThat(minutes(market))
                .extracting(Candle::open, Candle::volume)
                .containsExactly(tuple(140L, 6L));
    }
}
