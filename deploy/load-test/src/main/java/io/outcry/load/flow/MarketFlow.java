package io.outcry.load.flow;

import io.outcry.load.flow.PlaceOrder.OrderType;
import io.outcry.load.flow.PlaceOrder.Side;
import io.outcry.load.flow.PlaceOrder.TimeInForce;

/**
 * The original test: BUY and SELL in turn, MARKET, 100 of one symbol, with a worst price of 150.
 */
final class MarketFlow implements OrderFlow {
    private final PlaceOrder buy;
    private final PlaceOrder sell;
    private boolean buyNext = true;

    MarketFlow(String symbol) {
        buy = order(symbol, Side.BUY);
        sell = order(symbol, Side.SELL);
    }

    @Override
    public Action next(long elapsedNanos) {
        PlaceOrder order = buyNext ? buy : sell;
        buyNext = !buyNext;
        return order;
    }

    @Override
    public void rested(String orderId) {
        // This flow cancels nothing.
    }

    private static PlaceOrder order(String symbol, Side side) {
        return new PlaceOrder(symbol, side, OrderType.MARKET, TimeInForce.IOC, "100", "150");
    }
}
