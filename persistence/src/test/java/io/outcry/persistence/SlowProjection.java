package io.outcry.persistence;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.Side;
import io.outcry.domain.portfolio.CostBasis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the tables must hold, one event at a time in the plainest way, as rows of bar-separated
 * fields. For one thread.
 */
final class SlowProjection {
    /** Per table, how its rows are read in the order and form in which this class gives them. */
    static final Map<String, String> QUERIES =
            new TreeMap<>(
                    Map.of(
                            "open_orders", orders("open_orders"),
                            "closed_orders", orders("closed_orders"),
                            "fills",
                                    "SELECT account_id, trade_id, order_id, price, quantity,"
                                            + " notional, fee, sequence, time_nanos, side,"
                                            + " liquidity, symbol, currency FROM fills"
                                            + " ORDER BY trade_id, liquidity",
                            "trades",
                                    "SELECT symbol, trade_id, price, quantity, taker_side, sequence,"
                                            + " time_nanos FROM trades ORDER BY trade_id",
                            "cash",
                                    "SELECT account_id, currency, cash, credit_limit"
                                            + " FROM cash_balances ORDER BY 1, 2",
                            "positions",
                                    "SELECT account_id, symbol, quantity, cost, realized_pnl"
                                            + " FROM positions ORDER BY 1, 2",
                            "accounts",
                                    "SELECT account_id, suspended, short_limit, opened_at_nanos"
                                            + " FROM accounts ORDER BY 1",
                            "instruments",
                                    "SELECT symbol, tick, status, last_price FROM instruments"
                                            + " ORDER BY 1",
                            "adjustments",
                                    "SELECT account_id, sequence, currency, amount, reference"
                                            + " FROM cash_adjustments UNION ALL"
                                            + " SELECT account_id, sequence, symbol, quantity,"
                                            + " reference FROM position_adjustments ORDER BY 2",
                            "position", "SELECT sequence FROM projection_position"));

    private static String orders(String table) {
        return "SELECT account_id, order_id, symbol, side, order_type, quantity, price, stop_price,"
                + " filled_quantity, filled_notional, fees, status, cancel_reason,"
                + " created_at_nanos, updated_at_nanos, sequence, client_order_id, post_only,"
                + " time_in_force, self_trade_prevention FROM "
                + table
                + " ORDER BY order_id";
    }

    private static final class OrderRow {
        long id;
        OrderTerms terms;
        long quantity;
        long price;
        long stopPrice;
        long filled;
        long notional;
        long fees;
        OrderStatus status;
        Short reason;
        long created;
        long updated;
        long sequence;

        String text() {
            return bars(
                    terms.accountId(),
                    id,
                    terms.symbol(),
                    Codes.SIDE.of(terms.side()),
                    Codes.ORDER_TYPE.of(terms.type()),
                    quantity,
                    price,
                    stopPrice,
                    filled,
                    notional,
                    fees,
                    Codes.ORDER_STATUS.of(status),
                    reason,
                    created,
                    updated,
                    sequence,
                    terms.clientOrderId(),
                    terms.postOnly() ? "t" : "f",
                    Codes.TIME_IN_FORCE.of(terms.timeInForce()),
                    Codes.SELF_TRADE_PREVENTION.of(terms.selfTradePrevention()));
        }
    }

    private record Key(long account, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byAccount = Long.compare(account, other.account);
            return byAccount != 0 ? byAccount : name.compareTo(other.name);
        }
    }

    private final Map<Long, OrderRow> orders = new TreeMap<>();
    private final Map<Key, long[]> cash = new TreeMap<>();
    private final Map<Key, CostBasis> positions = new TreeMap<>();
    private final Map<Long, Object[]> accounts = new TreeMap<>();
    private final Map<String, long[]> instruments = new TreeMap<>();
    private final List<String> fills = new ArrayList<>();
    private final List<String> trades = new ArrayList<>();
    private final List<String> adjustments = new ArrayList<>();
    private long sequence;

    void apply(Event event) {
        sequence = event.sequence();
        if (event instanceof Event.OrderAccepted e) {
            accepted(e);
        } else if (event instanceof Event.Traded e) {
            traded(e);
        } else if (event instanceof Event.OrderCanceled e) {
            OrderRow row = touched(e.orderId().value(), e);
            if (e.remaining() > 0) {
                row.quantity = row.filled + e.remaining();
            } else {
                row.status = OrderStatus.CANCELED;
                row.reason = Codes.CANCEL_REASON.of(e.reason());
            }
        } else if (event instanceof Event.OrderExpired e) {
            touched(e.orderId().value(), e).status = OrderStatus.EXPIRED;
        } else if (event instanceof Event.OrderReplaced e) {
            OrderRow row = touched(e.orderId().value(), e);
            row.quantity = e.quantity();
            row.price = e.price();
            row.stopPrice = e.stopPrice();
        } else if (event instanceof Event.OrderTriggered e) {
            OrderRow row = touched(e.orderId().value(), e);
            row.status = OrderStatus.NEW;
            row.stopPrice = e.stopPrice();
        } else {
            applyRest(event);
        }
    }

    private void applyRest(Event event) {
        if (event instanceof Event.AccountOpened e) {
            accounts.put(
                    e.accountId().value(), new Object[] {false, e.shortLimit(), e.timeNanos()});
        } else if (event instanceof Event.AccountSuspended e) {
            accounts.get(e.accountId().value())[0] = true;
        } else if (event instanceof Event.AccountResumed e) {
            accounts.get(e.accountId().value())[0] = false;
        } else if (event instanceof Event.LimitsSet e) {
            accounts.get(e.accountId().value())[1] = e.shortLimit();
            cash(e.accountId().value(), e.currency().code())[1] = e.creditLimit();
        } else if (event instanceof Event.CashAdjusted e) {
            cash(e.accountId().value(), e.currency().code())[0] += e.amount();
            adjustments.add(bars(e.accountId(), sequence, e.currency(), e.amount(), e.reference()));
        } else if (event instanceof Event.PositionAdjusted e) {
            Key key = new Key(e.accountId().value(), e.symbol().value());
            long last = instruments.get(e.symbol().value())[2];
            long worth = Math.abs(e.quantity()) * (last == 0 ? 1_000 : last);
            positions.merge(
                    key,
                    CostBasis.NONE.transfer(e.quantity(), worth),
                    (old, fresh) -> old.transfer(e.quantity(), worth));
            adjustments.add(bars(e.accountId(), sequence, e.symbol(), e.quantity(), e.reference()));
        } else if (event instanceof Event.InstrumentDefined e) {
            Instrument instrument = e.instrument();
            long[] row = instruments.computeIfAbsent(instrument.symbol().value(), s -> new long[3]);
            row[0] = instrument.tick();
            row[1] = instrument.status() == InstrumentStatus.OPEN ? 1 : 2;
        } else if (event instanceof Event.InstrumentStatusChanged e) {
            instruments.get(e.symbol().value())[1] = e.status() == InstrumentStatus.OPEN ? 1 : 2;
        }
    }

    private void accepted(Event.OrderAccepted e) {
        OrderRow row = new OrderRow();
        row.id = e.orderId().value();
        row.terms = e.terms();
        row.quantity = e.terms().quantity();
        row.price = e.terms().price();
        row.stopPrice = e.terms().stopPrice();
        row.status =
                e.terms().type() == OrderType.STOP ? OrderStatus.PENDING_TRIGGER : OrderStatus.NEW;
        row.created = e.timeNanos();
        orders.put(row.id, row);
        touched(row.id, e);
    }

    private void traded(Event.Traded e) {
        fill(e, e.makerOrderId().value(), e.makerFee(), e.makerRemaining(), 1);
        fill(e, e.takerOrderId().value(), e.takerFee(), e.takerRemaining(), 2);
        cash(0, e.currency().code())[0] += e.makerFee() + e.takerFee();
        instruments.get(e.symbol().value())[2] = e.price();
        trades.add(
                bars(
                        e.symbol(),
                        e.tradeId(),
                        e.price(),
                        e.quantity(),
                        Codes.SIDE.of(e.takerSide()),
                        sequence,
                        e.timeNanos()));
    }

    private void fill(Event.Traded e, long orderId, long fee, long remaining, int liquidity) {
        OrderRow row = touched(orderId, e);
        row.filled += e.quantity();
        row.notional += e.notional();
        row.fees += fee;
        row.status = remaining == 0 ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
        long account = row.terms.accountId().value();
        Side side = row.terms.side();
        cash(account, e.currency().code())[0] +=
                (side == Side.BUY ? -e.notional() : e.notional()) - fee;
        Key key = new Key(account, e.symbol().value());
        positions.put(
                key,
                positions
                        .getOrDefault(key, CostBasis.NONE)
                        .trade(side, e.quantity(), e.notional()));
        fills.add(
                bars(
                        account,
                        e.tradeId(),
                        orderId,
                        e.price(),
                        e.quantity(),
                        e.notional(),
                        fee,
                        sequence,
                        e.timeNanos(),
                        Codes.SIDE.of(side),
                        liquidity,
                        e.symbol(),
                        e.currency()));
    }

    private OrderRow touched(long orderId, Event event) {
        OrderRow row = orders.get(orderId);
        row.updated = event.timeNanos();
        row.sequence = event.sequence();
        return row;
    }

    private long[] cash(long account, String currency) {
        return cash.computeIfAbsent(new Key(account, currency), key -> new long[2]);
    }

    List<String> rows(String table) {
        return switch (table) {
            case "open_orders" -> orderRows(true);
            case "closed_orders" -> orderRows(false);
            case "fills" -> fills;
            case "trades" -> trades;
            case "adjustments" -> adjustments;
            case "position" -> List.of(Long.toString(sequence));
            case "cash" -> cash.entrySet().stream().map(SlowProjection::cashRow).toList();
            case "positions" -> positions.entrySet().stream().map(SlowProjection::row).toList();
            case "accounts" ->
                    accounts.entrySet().stream().map(SlowProjection::accountRow).toList();
            case "instruments" ->
                    instruments.entrySet().stream()
                            .map(
                                    e ->
                                            bars(
                                                    e.getKey(),
                                                    e.getValue()[0],
                                                    e.getValue()[1],
                                                    e.getValue()[2]))
                            .toList();
            default -> throw new IllegalArgumentException(table);
        };
    }

    private List<String> orderRows(boolean open) {
        return orders.values().stream()
                .filter(row -> row.status.open() == open)
                .map(OrderRow::text)
                .toList();
    }

    private static String cashRow(Map.Entry<Key, long[]> e) {
        return bars(e.getKey().account(), e.getKey().name(), e.getValue()[0], e.getValue()[1]);
    }

    private static String row(Map.Entry<Key, CostBasis> e) {
        CostBasis basis = e.getValue();
        return bars(
                e.getKey().account(),
                e.getKey().name(),
                basis.quantity(),
                basis.cost(),
                basis.realizedPnl());
    }

    private static String accountRow(Map.Entry<Long, Object[]> e) {
        Object[] row = e.getValue();
        return bars(e.getKey(), (boolean) row[0] ? "t" : "f", row[1], row[2]);
    }

    private static String bars(Object... fields) {
        List<String> texts = new ArrayList<>();
        for (Object field : fields) {
            texts.add(String.valueOf(field));
        }
        return String.join("|", texts);
    }
}
