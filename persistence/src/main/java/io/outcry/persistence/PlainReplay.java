package io.outcry.persistence;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the tables must hold, one event at a time in the plainest way, to compare the projection
 * with. It shares with the projection the codes and nothing else but values; balances are its
 * {@link PlainLedger}'s. History's rows are told as they come about, all others at the end. For one
 * thread.
 */
final class PlainReplay {
    /** Takes rows. */
    @FunctionalInterface
    interface Rows {
        /**
         * Takes a row, its fields in the order of {@link ProjectedTables}.
         *
         * @param sequence of the event that the row is of; {@link Long#MAX_VALUE} unless it is
         *     history's
         */
        void row(String table, long sequence, @Nullable Object... fields);
    }

    private static final long NO_HISTORY = Long.MAX_VALUE;

    private static final class OpenOrder {
        final OrderTerms terms;
        final long created;
        long quantity;
        long price;
        long stopPrice;
        long trail;
        long filled;
        long notional;
        long fees;
        int status;
        long updated;
        long sequence;

        OpenOrder(Event.OrderAccepted e) {
            terms = e.terms();
            created = e.timeNanos();
            quantity = terms.quantity();
            price = terms.price();
            stopPrice = terms.stopPrice();
            trail = terms.trailAmount();
            boolean active = terms.type() == OrderType.LIMIT || terms.type() == OrderType.MARKET;
            status = active ? 1 : 2;
        }
    }

    private static final class Listing {
        Instrument terms;
        boolean open;
        long lastPrice;

        Listing(Instrument terms) {
            this.terms = terms;
            this.open = terms.status() == InstrumentStatus.OPEN;
        }
    }

    private final Rows rows;
    private final PlainLedger ledger;
    private final PlainCandles candles;
    private final Map<Long, OpenOrder> orders = new HashMap<>();
    private final Map<Long, Object[]> accounts = new HashMap<>();
    private final Map<String, Listing> instruments = new HashMap<>();
    private long sequence;

    PlainReplay(Rows rows) {
        this.rows = rows;
        this.ledger = new PlainLedger(rows);
        this.candles = new PlainCandles(rows);
    }

    long sequence() {
        return sequence;
    }

    void apply(Event event) {
        sequence = event.sequence();
        if (event instanceof Event.OrderAccepted e) {
            orders.put(e.orderId().value(), new OpenOrder(e));
            touch(e.orderId().value(), e);
        } else if (event instanceof Event.Traded e) {
            traded(e);
        } else if (event instanceof Event.OrderCanceled e) {
            canceled(e);
        } else if (event instanceof Event.OrderExpired e) {
            touch(e.orderId().value(), e);
            end(e.orderId().value(), 6, null);
        } else if (event instanceof Event.OrderReplaced e) {
            OpenOrder order = change(e.orderId().value(), e, 1);
            order.quantity = e.quantity();
            order.price = e.price();
            order.stopPrice = e.stopPrice();
            order.trail = e.trailAmount();
        } else if (event instanceof Event.OrderTriggered e) {
            OpenOrder order = change(e.orderId().value(), e, 2);
            order.stopPrice = e.stopPrice();
            order.status = 1;
        } else {
            applyRest(event);
        }
    }

    private void applyRest(Event event) {
        if (event instanceof Event.AccountOpened e) {
            accounts.put(
                    e.accountId().value(), new Object[] {false, e.shortLimit(), e.timeNanos()});
            accountRow(e.accountId().value(), e, 1, e.shortLimit(), null, null);
        } else if (event instanceof Event.AccountSuspended e) {
            known(accounts, e.accountId().value())[0] = true;
            accountRow(e.accountId().value(), e, 3, null, null, null);
        } else if (event instanceof Event.AccountResumed e) {
            known(accounts, e.accountId().value())[0] = false;
            accountRow(e.accountId().value(), e, 4, null, null, null);
        } else if (event instanceof Event.LimitsSet e) {
            known(accounts, e.accountId().value())[1] = e.shortLimit();
            ledger.limited(e);
            accountRow(e.accountId().value(), e, 2, e.shortLimit(), e.currency(), e.creditLimit());
        } else if (event instanceof Event.CashAdjusted e) {
            ledger.adjusted(e);
        } else if (event instanceof Event.PositionAdjusted e) {
            Listing listing = known(instruments, e.symbol().value());
            ledger.adjusted(e, listing.terms, listing.lastPrice);
        } else if (event instanceof Event.InstrumentDefined e) {
            defined(e);
        } else if (event instanceof Event.InstrumentStatusChanged e) {
            Listing listing = known(instruments, e.symbol().value());
            listing.open = e.status() == InstrumentStatus.OPEN;
            instrumentRow(e, listing);
        }
    }

    private void defined(Event.InstrumentDefined e) {
        String symbol = e.instrument().symbol().value();
        Listing listing = new Listing(e.instrument());
        Listing before = instruments.put(symbol, listing);
        if (before != null) {
            listing.lastPrice = before.lastPrice;
        }
        instrumentRow(e, listing);
    }

    private void traded(Event.Traded e) {
        fill(e, e.makerOrderId().value(), e.makerFee(), e.makerRemaining(), 1);
        fill(e, e.takerOrderId().value(), e.takerFee(), e.takerRemaining(), 2);
        ledger.traded(e);
        candles.traded(e);
        known(instruments, e.symbol().value()).lastPrice = e.price();
        rows.row(
                "trades",
                sequence,
                e.symbol(),
                e.tradeId(),
                e.price(),
                e.quantity(),
                Codes.SIDE.of(e.takerSide()),
                sequence,
                e.timeNanos());
    }

    private void fill(Event.Traded e, long id, long fee, long remaining, int liquidity) {
        OpenOrder order = touch(id, e);
        order.filled += e.quantity();
        order.notional += e.notional();
        order.fees += fee;
        order.status = 3;
        rows.row(
                "fills",
                sequence,
                order.terms.accountId(),
                e.tradeId(),
                id,
                e.price(),
                e.quantity(),
                e.notional(),
                fee,
                sequence,
                e.timeNanos(),
                Codes.SIDE.of(order.terms.side()),
                liquidity,
                e.symbol(),
                e.currency(),
                remaining == 0 ? "t" : "f");
        if (remaining == 0) {
            end(id, 4, null);
        }
    }

    private void canceled(Event.OrderCanceled e) {
        long id = e.orderId().value();
        if (e.remaining() > 0) {
            OpenOrder order = change(id, e, 3);
            order.quantity = order.filled + e.remaining();
        } else {
            touch(id, e);
            end(id, 5, e.reason());
        }
    }

    private static <K, V> V known(Map<K, V> all, K key) {
        return Objects.requireNonNull(all.get(key), () -> "the feed never told of " + key);
    }

    private OpenOrder touch(long id, Event event) {
        OpenOrder order = known(orders, id);
        order.updated = event.timeNanos();
        order.sequence = event.sequence();
        return order;
    }

    private OpenOrder change(long id, Event e, int code) {
        OpenOrder order = touch(id, e);
        rows.row(
                "order_changes",
                sequence,
                order.terms.accountId(),
                id,
                sequence,
                e.timeNanos(),
                code,
                order.quantity,
                order.price,
                order.stopPrice,
                order.trail);
        return order;
    }

    private void end(long id, int status, @Nullable CancelReason reason) {
        OpenOrder order = known(orders, id);
        orders.remove(id);
        order.status = status;
        orderRow("closed_orders", sequence, id, order, reason);
    }

    private void orderRow(
            String table,
            long rowSequence,
            long id,
            OpenOrder order,
            @Nullable CancelReason reason) {
        rows.row(
                table,
                rowSequence,
                order.terms.accountId(),
                id,
                order.terms.symbol(),
                Codes.SIDE.of(order.terms.side()),
                Codes.ORDER_TYPE.of(order.terms.type()),
                Codes.TIME_IN_FORCE.of(order.terms.timeInForce()),
                order.quantity,
                order.price,
                order.stopPrice,
                order.trail,
                order.terms.displayQuantity(),
                order.terms.expiresAtNanos(),
                order.filled,
                order.notional,
                order.fees,
                order.status,
                reason == null ? null : Codes.CANCEL_REASON.of(reason),
                order.terms.postOnly() ? "t" : "f",
                Codes.SELF_TRADE_PREVENTION.of(order.terms.selfTradePrevention()),
                order.terms.clientOrderId(),
                order.created,
                order.updated,
                order.sequence);
    }

    private void accountRow(long id, Event e, int change, @Nullable Object... limits) {
        rows.row(
                "account_history",
                NO_HISTORY,
                id,
                sequence,
                e.timeNanos(),
                change,
                limits[0],
                limits[1],
                limits[2]);
    }

    private void instrumentRow(Event e, Listing listing) {
        Instrument terms = listing.terms;
        rows.row(
                "instrument_history",
                NO_HISTORY,
                terms.symbol(),
                sequence,
                e.timeNanos(),
                terms.tick(),
                terms.lot(),
                terms.maxQuantity(),
                terms.maxNotional(),
                terms.referencePrice(),
                terms.bandPpm(),
                terms.makerFeePpm(),
                terms.takerFeePpm(),
                listing.open ? 1 : 2);
    }

    /** Tells the rows of all that is not history, as of the last event. */
    void end() {
        orders.forEach((id, order) -> orderRow("open_orders", NO_HISTORY, id, order, null));
        accounts.forEach(
                (id, a) ->
                        rows.row(
                                "accounts",
                                NO_HISTORY,
                                id,
                                (boolean) a[0] ? "t" : "f",
                                a[1],
                                a[2]));
        instruments.values().forEach(this::instrumentState);
        ledger.end();
        candles.end();
        rows.row("projection_position", NO_HISTORY, sequence);
    }

    private void instrumentState(Listing listing) {
        Instrument terms = listing.terms;
        rows.row(
                "instruments",
                NO_HISTORY,
                terms.symbol(),
                terms.currency(),
                terms.priceScale().places(),
                terms.quantityScale().places(),
                terms.cashScale().places(),
                terms.tick(),
                terms.lot(),
                terms.maxQuantity(),
                terms.maxNotional(),
                terms.referencePrice(),
                terms.bandPpm(),
                terms.makerFeePpm(),
                terms.takerFeePpm(),
                listing.open ? 1 : 2,
                listing.lastPrice);
    }
}
