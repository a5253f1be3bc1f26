package io.outcry.domain.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickersTest {
    private static final Symbol AAPL = RandomTrades.SYMBOLS.get(0);
    private static final long DAY = TimeUnit.DAYS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 20261124, 4711})
    void itShowsWhatAListOfAllTradesShows(long seed) {
        RandomTrades source = new RandomTrades(seed);
        Tickers tickers = new Tickers();
        List<Event.Traded> trades = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Event.Traded trade = source.next();
            trades.add(trade);
            tickers.apply(trade);
            long now = trade.timeNanos() + i % 5 * 20L * MINUTE;
            if (i % 100 == 0) {
                tickers = restored(trades, now);
            }
            for (Symbol symbol : RandomTrades.SYMBOLS) {
                assertThat(tickers.ticker(symbol, now, emptyBook(symbol)))
                        .as("seed %s trade %s", seed, i)
                        .isEqualTo(slowTicker(trades, symbol, now));
            }
            if (i % 5 > 0) {
                // The clock has run ahead of the trades to come: what it made forgotten is kept.
                tickers = restored(trades, trade.timeNanos());
            }
        }
    }

    /** From the candles and last trades that a store would have. */
    private static Tickers restored(List<Event.Traded> trades, long now) {
        Candles candles = new Candles();
        List<Candle> minutes = new ArrayList<>();
        trades.forEach(candles::apply);
        candles.takeChanged().stream()
                .filter(candle -> candle.interval() == CandleInterval.ONE_MINUTE)
                .filter(candle -> candle.openTimeNanos() >= Tickers.windowStart(now))
                .forEach(minutes::add);
        return Tickers.restore(minutes, trades.stream().map(PublicTrade::of).toList(), List.of());
    }

    private static Ticker slowTicker(List<Event.Traded> trades, Symbol symbol, long now) {
        long from = now - now % MINUTE + MINUTE - DAY;
        List<Event.Traded> all = trades.stream().filter(t -> t.symbol().equals(symbol)).toList();
        List<Event.Traded> day = all.stream().filter(t -> t.timeNanos() >= from).toList();
        Event.Traded last = all.isEmpty() ? null : all.get(all.size() - 1);
        return new Ticker(
                symbol,
                0,
                now,
                0,
                0,
                0,
                0,
                last == null ? 0 : last.price(),
                last == null ? 0 : last.quantity(),
                last == null ? 0 : last.timeNanos(),
                day.isEmpty() ? 0 : day.get(0).price(),
                day.stream().mapToLong(Event.Traded::price).max().orElse(0),
                day.stream().mapToLong(Event.Traded::price).min().orElse(0),
                day.stream().mapToLong(Event.Traded::quantity).sum(),
                day.stream().mapToLong(Event.Traded::notional).sum(),
                day.size());
    }

    @Test
    void itShowsTheBestPricesAndTheChange() {
        Tickers tickers = new Tickers();
        Event.Traded first = trade(new RandomTrades(5));
        tickers.apply(first);
        BookSnapshot book =
                new BookSnapshot(
                        AAPL,
                        9,
                        0,
                        List.of(new BookLevel(99, 5, 1), new BookLevel(98, 1, 1)),
                        List.of(new BookLevel(101, 7, 2)));

        Ticker ticker = tickers.ticker(AAPL, first.timeNanos(), book);

        assertThat(List.of(ticker.bidPrice(), ticker.bidQuantity())).containsExactly(99L, 5L);
        assertThat(List.of(ticker.askPrice(), ticker.askQuantity())).containsExactly(101L, 7L);
        assertThat(ticker.sequence()).isEqualTo(9);
        assertThat(ticker.change()).isZero();
        Ticker dayLater = tickers.ticker(AAPL, first.timeNanos() + DAY, book);
        assertThat(dayLater.trades()).isZero();
        assertThat(dayLater.lastPrice()).isEqualTo(first.price());
        assertThat(dayLater.change()).isZero();
    }

    @Test
    void theLastPriceStaysWhenTheTradesAreNotKept() {
        Tickers tickers = Tickers.restore(List.of(), List.of(), List.of(lastTradedAt(150)));
        Ticker ticker = tickers.ticker(AAPL, DAY, emptyBook(AAPL));
        assertThat(ticker.lastPrice()).isEqualTo(150);
        assertThat(List.of(ticker.lastQuantity(), ticker.lastTimeNanos())).containsExactly(0L, 0L);

        Event.Traded next = trade(new RandomTrades(5));
        tickers.apply(next);
        Ticker after = tickers.ticker(AAPL, next.timeNanos(), emptyBook(AAPL));
        assertThat(after.lastPrice()).isEqualTo(next.price()).isNotEqualTo(150);
    }

    private static Instrument lastTradedAt(long price) {
        Scale none = new Scale(0);
        Currency usd = new Currency("USD");
        InstrumentStatus open = InstrumentStatus.OPEN;
        return new Instrument(AAPL, usd, none, none, none, 1, 1, 1_000, 0, 0, 0, 0, 0, open, price);
    }

    private static Event.Traded trade(RandomTrades source) {
        Event.Traded trade = source.next();
        return trade.symbol().equals(AAPL) ? trade : trade(source);
    }

    private static BookSnapshot emptyBook(Symbol symbol) {
        return new BookSnapshot(symbol, 0, 0, List.of(), List.of());
    }
}
