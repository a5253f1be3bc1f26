package io.outcry.load.flow;

import io.outcry.load.flow.PlaceOrder.OrderType;
import io.outcry.load.flow.PlaceOrder.Side;
import io.outcry.load.flow.PlaceOrder.TimeInForce;

/**
 * Buys many times and then sells as often, all at one price, so that about every other order trades
 * with one of a flow that does the opposite meanwhile, and nothing piles up. Sides change seldom,
 * since an order would meet the client's own. Used by one thread.
 */
final class CrossingFlow implements OrderFlow {
    private static final int SAME_SIDE = 200;

    private final PlaceOrder buy;
    private final PlaceOrder sell;
    private boolean buys;
    private int ofSide;

    CrossingFlow(String symbol, boolean buyFirst) {
        buy = order(symbol, Side.BUY);
        sell = order(symbol, Side.SELL);
        buys = buyFirst;
    }

    @Override
    public Action next(long elapsedNanos) {
        if (ofSide == SAME_SIDE) {
            buys = !buys;
            ofSide = 0;
        }
        ofSide++;
        return buys ? buy : sell;
    }

    @Override
    public void rested(String orderId) {
        // This flow cancels nothing.
    }

    private static PlaceOrder order(String symbol, Side side) {
        return new PlaceOrder(symbol, side, OrderType.LIMIT, TimeInForce.GTC, "1", "150");
    }
}
