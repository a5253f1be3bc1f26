package io.outcry.load.flow;

import org.jspecify.annotations.Nullable;

/** A new order; quantity and price are exact decimals as the API takes them. */
public record PlaceOrder(
        String symbol,
        Side side,
        OrderType type,
        TimeInForce timeInForce,
        String quantity,
        String price)
        implements Action {

    public enum Side {
        BUY,
        SELL;

        /**
         * 1 for a buy, -1 for a sell: the direction in which a price gets more willing to trade.
         */
        long sign() {
            return this == BUY ? 1 : -1;
        }
    }

    public enum OrderType {
        LIMIT,
        MARKET
    }

    public enum TimeInForce {
        GTC,
        IOC
    }

    /** The body of POST /api/orders. No value here needs escaping: see {@link TradedInstrument}. */
    public String json(@Nullable String clientOrderId) {
        StringBuilder json = new StringBuilder(160);
        json.append("{\"symbol\":\"").append(symbol);
        json.append("\",\"side\":\"").append(side.name());
        json.append("\",\"order_type\":\"").append(type.name());
        json.append("\",\"quantity\":\"").append(quantity);
        json.append("\",\"price\":\"").append(price);
        if (type == OrderType.LIMIT) {
            json.append("\",\"time_in_force\":\"").append(timeInForce.name());
        }
        if (clientOrderId != null) {
            json.append("\",\"client_order_id\":\"").append(clientOrderId);
        }
        return json.append("\"}").toString();
    }
}
