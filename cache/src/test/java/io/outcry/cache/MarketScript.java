package io.outcry.cache;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import io.outcry.domain.store.MarketState;
import java.util.List;
import java.util.function.Consumer;

/** Events of one symbol, and markets to start from, as a test dictates them. For one thread. */
final class MarketScript {
    static final Symbol AAPL = new Symbol("AAPL");
    static final Symbol MSFT = new Symbol("MSFT");

    private long sequence;
    private long orderId;
    private long tradeId;

    /** With both symbols, one open order of AAPL and two trades of it. */
    MarketState market() {
        return market(List.of(publicTrade(20), publicTrade(19)), List.of());
    }

    /**
     * The same with other trades and candles.
     *
     * @param trades newest first
     */
    MarketState market(List<PublicTrade> trades, List<Candle> candles) {
        Order resting = order(terms(Side.BUY, 10, 150));
        sequence = 100;
        orderId = 50;
        tradeId = 20;
        return new MarketState() {
            @Override
            public long sequence() {
                return 100;
            }

            @Override
            public List<Instrument> instruments() {
                return List.of(instrument(AAPL), instrument(MSFT));
            }

            @Override
            public void openOrders(Consumer<Order> each) {
                each.accept(resting);
            }

            @Override
            public List<PublicTrade> lastTrades(int perSymbol) {
                return trades;
            }

            @Override
            public List<Candle> candles(CandleInterval interval, long fromNanos) {
                return candles.stream()
                        .filter(candle -> candle.interval() == interval)
                        .filter(candle -> candle.openTimeNanos() >= fromNanos)
                        .toList();
            }
        };
    }

    Event limit(Side side, long quantity, long price) {
        return new Event.OrderAccepted(
                ++sequence, sequence, new OrderId(++orderId), terms(side, quantity, price));
    }

    /** The order accepted last takes from the order of the market that it started from. */
    Event trade(long quantity, long makerRemaining) {
        return tradeAt(sequence + 1, quantity, makerRemaining);
    }

    /** The same at that time. */
    Event tradeAt(long timeNanos, long quantity, long makerRemaining) {
        return traded(timeNanos, new OrderId(1), quantity, makerRemaining);
    }

    /** Two orders of one unit each, which trade with each other, and a third that stays. */
    List<Event> tradeAndRest() {
        Event bought = limit(Side.BUY, 1, 150);
        OrderId maker = new OrderId(orderId);
        Event sold = limit(Side.SELL, 1, 150);
        Event traded = traded(sequence + 1, maker, 1, 0);
        return List.of(bought, sold, traded, limit(Side.BUY, 1, 149));
    }

    private Event traded(long timeNanos, OrderId maker, long quantity, long makerRemaining) {
        return new Event.Traded(
                ++sequence,
                timeNanos,
                ++tradeId,
                AAPL,
                new Currency("USD"),
                150,
                quantity,
                150 * quantity,
                Side.SELL,
                maker,
                new OrderId(orderId),
                new AccountId(1),
                new AccountId(2),
                0,
                0,
                makerRemaining,
                0);
    }

    long sequence() {
        return sequence;
    }

    private static PublicTrade publicTrade(long id) {
        return new PublicTrade(id, AAPL, 150, 1, Side.BUY, id, id);
    }

    private static Order order(OrderTerms terms) {
        return new Order(new OrderId(1), terms, OrderStatus.NEW, null, 0, 0, 0, 1, 1, 1);
    }

    private static OrderTerms terms(Side side, long quantity, long price) {
        return new OrderTerms(
                new AccountId(side == Side.BUY ? 1 : 2),
                AAPL,
                side,
                OrderType.LIMIT,
                TimeInForce.GTC,
                quantity,
                price,
                0,
                0,
                0,
                0,
                false,
                SelfTradePrevention.CANCEL_NEWEST,
                null);
    }

    private static Instrument instrument(Symbol symbol) {
        return new Instrument(
                symbol,
                new Currency("USD"),
                new Scale(0),
                new Scale(0),
                new Scale(0),
                1,
                1,
                1_000_000,
                0,
                0,
                0,
                0,
                0,
                InstrumentStatus.OPEN,
                0);
    }
}
