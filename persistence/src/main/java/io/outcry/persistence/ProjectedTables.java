package io.outcry.persistence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the rows of every projected table, and of the view that is the ledger, are read for
 * comparison: fields in the order in which {@link PlainReplay} gives them. Constants.
 */
final class ProjectedTables {
    private static final String ORDER_FIELDS =
            "account_id, order_id, symbol, side, order_type, time_in_force, quantity, price,"
                    + " stop_price, trail_amount, display_quantity, expires_at_nanos,"
                    + " filled_quantity, filled_notional, fees, status, cancel_reason, post_only,"
                    + " self_trade_prevention, client_order_id, created_at_nanos,"
                    + " updated_at_nanos, sequence";

    private static final Map<String, String> FIELDS = new TreeMap<>();

    static {
        FIELDS.put("open_orders", ORDER_FIELDS);
        FIELDS.put("closed_orders", ORDER_FIELDS);
        FIELDS.put(
                "order_changes",
                "account_id, order_id, sequence, time_nanos, change, quantity, price, stop_price,"
                        + " trail_amount");
        FIELDS.put(
                "fills",
                "account_id, trade_id, order_id, price, quantity, notional, fee, sequence,"
                        + " time_nanos, side, liquidity, symbol, currency, completes_order");
        FIELDS.put("trades", "symbol, trade_id, price, quantity, taker_side, sequence, time_nanos");
        FIELDS.put(
                "ledger",
                "account_id, sequence, time_nanos, kind, trade_id, reference, currency, cash,"
                        + " cash_balance, symbol, quantity, quantity_balance");
        FIELDS.put("cash_balances", "account_id, currency, cash, credit_limit");
        FIELDS.put("positions", "account_id, symbol, quantity, cost, realized_pnl");
        FIELDS.put("accounts", "account_id, suspended, short_limit, opened_at_nanos");
        FIELDS.put(
                "account_history",
                "account_id, sequence, time_nanos, change, short_limit, currency, credit_limit");
        FIELDS.put(
                "instruments",
                "symbol, currency, price_scale, quantity_scale, cash_scale, tick, lot,"
                        + " max_quantity, max_notional, reference_price, band_ppm, maker_fee_ppm,"
                        + " taker_fee_ppm, status, last_price");
        FIELDS.put(
                "instrument_history",
                "symbol, sequence, time_nanos, tick, lot, max_quantity, max_notional,"
                        + " reference_price, band_ppm, maker_fee_ppm, taker_fee_ppm, status");
        FIELDS.put(
                "candles",
                "symbol, candle_interval, open_time_nanos, open, high, low, close, volume,"
                        + " turnover, trades, sequence");
        FIELDS.put("projection_position", "sequence");
    }

    private ProjectedTables() {}

    /** By name, which is the order that they are listed in. */
    static List<String> names() {
        return List.copyOf(FIELDS.keySet());
    }

    /** All rows in no order, without the short candles that lie before the horizon. */
    static String select(String table, long horizon) {
        String select = "SELECT " + FIELDS.get(table) + " FROM " + table;
        return table.equals("candles")
                ? select + " WHERE candle_interval > 1 OR sequence >= " + horizon
                : select;
    }

    /** Those that a truncation empties: neither partitioned, nor a view, nor the position's. */
    static String withoutHistory() {
        return FIELDS.keySet().stream()
                .filter(table -> !table.equals("ledger"))
                .filter(table -> !HistorySegments.TABLES.contains(table))
                .filter(table -> !table.equals("projection_position"))
                .collect(Collectors.joining(", "));
    }
}
