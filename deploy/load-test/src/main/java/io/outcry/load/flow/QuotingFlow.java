package io.outcry.load.flow;

import io.outcry.load.flow.PlaceOrder.OrderType;
import io.outcry.load.flow.PlaceOrder.Side;
import io.outcry.load.flow.PlaceOrder.TimeInForce;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Quotes around a price: resting limits, limits that cross, cancels of own orders and takers, in
 * given shares. A client keeps a bounded number of orders in the book, so that no length of run
 * uses up its funds. Used by one thread.
 */
final class QuotingFlow implements OrderFlow {
    private static final int MAX_OPEN = 40;
    private static final int MAX_LOTS = 10;
    private static final double MEAN_TICKS_AWAY = 8;
    private static final int MAX_TICKS_AWAY = 60;
    private static final int CROSSING_TICKS = 5;

    /** Percentages of the actions; what is left of a hundred are limits that rest. */
    record Shares(int crossing, int cancels, int ioc, int market) {}

    /** An instrument and the price that it is quoted around. */
    record Quoted(TradedInstrument instrument, PricePath path) {}

    private final List<Quoted> quoted;
    private final Shares shares;
    private final SplittableRandom random;
    private final ArrayDeque<String> open = new ArrayDeque<>(MAX_OPEN + 1);

    QuotingFlow(List<Quoted> quoted, Shares shares, long seed) {
        this.quoted = quoted;
        this.shares = shares;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public Action next(long elapsedNanos) {
        int draw = random.nextInt(100);
        boolean cancel = draw < shares.cancels() && !open.isEmpty();
        if (cancel || open.size() >= MAX_OPEN) {
            return new CancelOrder(open.removeFirst());
        }
        return order(random.nextInt(100 - shares.cancels()), elapsedNanos);
    }

    @Override
    public void rested(String orderId) {
        open.addLast(orderId);
    }

    private PlaceOrder order(int draw, long elapsedNanos) {
        Quoted choice = quoted.get(random.nextInt(quoted.size()));
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        long middle = choice.path().ticksAt(elapsedNanos);
        long through = middle + side.sign() * (1 + random.nextInt(CROSSING_TICKS));
        if (draw < shares.crossing()) {
            return order(choice, side, OrderType.LIMIT, TimeInForce.GTC, through);
        }
        if (draw < shares.crossing() + shares.ioc()) {
            return order(choice, side, OrderType.LIMIT, TimeInForce.IOC, through);
        }
        if (draw < shares.crossing() + shares.ioc() + shares.market()) {
            long worst = middle + side.sign() * (1 + middle / 50);
            return order(choice, side, OrderType.MARKET, TimeInForce.IOC, worst);
        }
        long resting = middle - side.sign() * ticksAway();
        return order(choice, side, OrderType.LIMIT, TimeInForce.GTC, resting);
    }

    /** Most orders are close to the middle and few far from it, as in a real book. */
    private long ticksAway() {
        double away = -Math.log(1 - random.nextDouble()) * MEAN_TICKS_AWAY;
        return Math.min(MAX_TICKS_AWAY, 1 + (long) away);
    }

    private PlaceOrder order(
            Quoted choice, Side side, OrderType type, TimeInForce timeInForce, long ticks) {
        TradedInstrument instrument = choice.instrument();
        return new PlaceOrder(
                instrument.symbol(),
                side,
                type,
                timeInForce,
                instrument.quantity(1 + random.nextInt(MAX_LOTS)),
                instrument.price(ticks));
    }
}
