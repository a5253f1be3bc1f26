package io.outcry.persistence;

import static io.outcry.persistence.Columns.flags;
import static io.outcry.persistence.Columns.longs;
import static io.outcry.persistence.Columns.texts;

import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.persistence.BatchFold.AccountTrade;
import io.outcry.persistence.BatchFold.CashKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes what a batch came to, a statement for each table that it changes. What only grows is
 * copied, which is the cheapest way in; the rest is changed by arrays. Commits nothing. For one
 * thread.
 */
final class BatchWriter {
    private static final String COPY_CLOSED =
            "COPY closed_orders (" + OrderRows.COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final String COPY_OPENED =
            "COPY open_orders (" + OrderRows.COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final String COPY_FILLS =
            "COPY fills (" + FillRows.WRITTEN_COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final String COPY_TRADES =
            "COPY trades (trade_id, price, quantity, sequence, time_nanos, taker_side, symbol)"
                    + " FROM STDIN (FORMAT binary)";
    private static final String UPDATE_OPEN =
            """
            UPDATE open_orders o SET
                quantity = u.quantity, price = u.price, stop_price = u.stop_price,
                trail_amount = u.trail_amount, filled_quantity = u.filled_quantity,
                filled_notional = u.filled_notional, fees = u.fees,
                updated_at_nanos = u.updated_at_nanos, sequence = u.sequence, status = u.status
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS u (
                account_id, order_id, quantity, price, stop_price, trail_amount, filled_quantity,
                filled_notional, fees, updated_at_nanos, sequence, status)
            WHERE o.account_id = u.account_id AND o.order_id = u.order_id
            """;
    private static final String DELETE_ENDED =
            """
            DELETE FROM open_orders o USING unnest(?, ?) AS u (account_id, order_id)
            WHERE o.account_id = u.account_id AND o.order_id = u.order_id
            """;
    private static final String ADD_CASH =
            """
            INSERT INTO cash_balances AS b (account_id, currency, cash, credit_limit)
            SELECT account_id, currency, change, 0
            FROM unnest(?, ?, ?) AS u (account_id, currency, change)
            ON CONFLICT (account_id, currency) DO UPDATE SET cash = b.cash + excluded.cash
            """;
    private static final String SET_CREDIT =
            """
            INSERT INTO cash_balances (account_id, currency, cash, credit_limit)
            SELECT account_id, currency, 0, credit_limit
            FROM unnest(?, ?, ?) AS u (account_id, currency, credit_limit)
            ON CONFLICT (account_id, currency) DO UPDATE SET credit_limit = excluded.credit_limit
            """;
    private static final String SET_POSITIONS =
            """
            INSERT INTO positions (account_id, symbol, quantity, cost, realized_pnl)
            SELECT * FROM unnest(?, ?, ?, ?, ?)
            ON CONFLICT (account_id, symbol) DO UPDATE SET
                quantity = excluded.quantity, cost = excluded.cost,
                realized_pnl = excluded.realized_pnl
            """;
    private static final String SET_LAST_PRICES =
            """
            UPDATE instruments i SET last_price = u.price
            FROM unnest(?, ?) AS u (symbol, price) WHERE i.symbol = u.symbol
            """;
    private static final String ADD_ACCOUNTS =
            """
            INSERT INTO accounts (account_id, suspended, short_limit, opened_at_nanos)
            SELECT account_id, false, 0, time FROM unnest(?, ?) AS u (account_id, time)
            """;
    private static final String SET_SHORT_LIMITS =
            """
            UPDATE accounts a SET short_limit = u.short_limit
            FROM unnest(?, ?) AS u (account_id, short_limit) WHERE a.account_id = u.account_id
            """;
    private static final String SET_SUSPENDED =
            """
            UPDATE accounts a SET suspended = u.suspended
            FROM unnest(?, ?) AS u (account_id, suspended) WHERE a.account_id = u.account_id
            """;
    private static final String ADD_CASH_ADJUSTMENTS =
            """
            INSERT INTO cash_adjustments
                (account_id, sequence, currency, amount, reference, time_nanos)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?)
            """;
    private static final String ADD_POSITION_ADJUSTMENTS =
            """
            INSERT INTO position_adjustments
                (account_id, sequence, symbol, quantity, reference, time_nanos)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?)
            """;

    private final WriterStatements statements;
    private final CopyManager copy;
    private final CopyRows rows = new CopyRows();

    BatchWriter(Connection connection, WriterStatements statements) throws SQLException {
        this.statements = statements;
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    void write(BatchFold fold, Set<OrderId> stored, InstrumentTable instruments)
            throws SQLException {
        writeInstruments(instruments);
        writeAccounts(fold);
        writeOrders(fold, stored);
        writeTrades(fold);
        writeBalances(fold);
        writeAdjustments(fold);
    }

    private void writeInstruments(InstrumentTable instruments) throws SQLException {
        for (Instrument instrument : instruments.changedTerms()) {
            PreparedStatement upsert = statements.prepare(InstrumentRows.UPSERT);
            InstrumentRows.bindUpsert(upsert, instrument);
            upsert.executeUpdate();
        }
        var prices = instruments.changedPrices();
        change(
                SET_LAST_PRICES,
                prices.size(),
                texts(prices.keySet(), symbol -> symbol.value()),
                longs(prices.values(), price -> price));
    }

    private void writeAccounts(BatchFold fold) throws SQLException {
        var opened = fold.openedAccounts().values();
        change(
                ADD_ACCOUNTS,
                opened.size(),
                longs(opened, e -> e.accountId().value()),
                longs(opened, Event::timeNanos));
        var limits = fold.shortLimits();
        change(
                SET_SHORT_LIMITS,
                limits.size(),
                longs(limits.keySet(), id -> id.value()),
                longs(limits.values(), limit -> limit));
        var suspensions = fold.suspensions();
        change(
                SET_SUSPENDED,
                suspensions.size(),
                longs(suspensions.keySet(), id -> id.value()),
                flags(suspensions.values(), suspended -> suspended));
    }

    private void writeOrders(BatchFold fold, Set<OrderId> stored) throws SQLException {
        List<Order> opened = new ArrayList<>();
        List<Order> changed = new ArrayList<>();
        List<Order> closed = new ArrayList<>();
        List<Order> ended = new ArrayList<>();
        for (Order order : fold.orders()) {
            boolean known = stored.contains(order.id());
            if (order.status().open()) {
                (known ? changed : opened).add(order);
            } else {
                closed.add(order);
                if (known) {
                    ended.add(order);
                }
            }
        }
        change(
                DELETE_ENDED,
                ended.size(),
                longs(ended, order -> order.terms().accountId().value()),
                longs(ended, order -> order.id().value()));
        updateOpen(changed);
        opened.forEach(order -> OrderRows.write(rows, order));
        send(COPY_OPENED);
        closed.forEach(order -> OrderRows.write(rows, order));
        send(COPY_CLOSED);
    }

    private void updateOpen(List<Order> orders) throws SQLException {
        short[] statuses = new short[orders.size()];
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] = Codes.ORDER_STATUS.of(orders.get(i).status());
        }
        change(
                UPDATE_OPEN,
                orders.size(),
                longs(orders, order -> order.terms().accountId().value()),
                longs(orders, order -> order.id().value()),
                longs(orders, order -> order.terms().quantity()),
                longs(orders, order -> order.terms().price()),
                longs(orders, order -> order.terms().stopPrice()),
                longs(orders, order -> order.terms().trailAmount()),
                longs(orders, Order::filledQuantity),
                longs(orders, Order::filledNotional),
                longs(orders, Order::fees),
                longs(orders, Order::updatedAtNanos),
                longs(orders, Order::sequence),
                statuses);
    }

    private void writeTrades(BatchFold fold) throws SQLException {
        for (AccountTrade trade : fold.fills()) {
            FillRows.write(rows, trade.accountId(), trade.currency(), trade.fill());
        }
        send(COPY_FILLS);
        for (PublicTrade trade : fold.trades()) {
            rows.row(7)
                    .int8(trade.tradeId())
                    .int8(trade.price())
                    .int8(trade.quantity())
                    .int8(trade.sequence())
                    .int8(trade.timeNanos())
                    .int2(Codes.SIDE.of(trade.takerSide()))
                    .text(trade.symbol().value());
        }
        send(COPY_TRADES);
    }

    private void writeBalances(BatchFold fold) throws SQLException {
        changeCash(ADD_CASH, fold.cash());
        changeCash(SET_CREDIT, fold.creditLimits());
        var keys = fold.positions().keySet();
        var positions = fold.positions().values();
        change(
                SET_POSITIONS,
                positions.size(),
                longs(keys, key -> key.accountId().value()),
                texts(keys, key -> key.symbol().value()),
                longs(positions, position -> position.quantity()),
                longs(positions, position -> position.cost()),
                longs(positions, position -> position.realizedPnl()));
    }

    private void changeCash(String sql, Map<CashKey, Long> amounts) throws SQLException {
        change(
                sql,
                amounts.size(),
                longs(amounts.keySet(), key -> key.accountId().value()),
                texts(amounts.keySet(), key -> key.currency().code()),
                longs(amounts.values(), amount -> amount));
    }

    private void writeAdjustments(BatchFold fold) throws SQLException {
        Collection<Event.CashAdjusted> cash = fold.cashAdjustments();
        change(
                ADD_CASH_ADJUSTMENTS,
                cash.size(),
                longs(cash, e -> e.accountId().value()),
                longs(cash, Event::sequence),
                texts(cash, e -> e.currency().code()),
                longs(cash, e -> e.amount()),
                texts(cash, e -> e.reference()),
                longs(cash, Event::timeNanos));
        Collection<Event.PositionAdjusted> positions = fold.positionAdjustments();
        change(
                ADD_POSITION_ADJUSTMENTS,
                positions.size(),
                longs(positions, e -> e.accountId().value()),
                longs(positions, Event::sequence),
                texts(positions, e -> e.symbol().value()),
                longs(positions, e -> e.quantity()),
                texts(positions, e -> e.reference()),
                longs(positions, Event::timeNanos));
    }

    /** Runs the statement once for all rows, which must change as many. */
    private void change(String sql, int rowCount, Object... columns) throws SQLException {
        if (rowCount == 0) {
            return;
        }
        int changed = statements.prepare(sql, columns).executeUpdate();
        if (changed != rowCount) {
            throw new IllegalStateException(
                    "changed " + changed + " rows instead of " + rowCount + " by: " + sql);
        }
    }

    private void send(String statement) throws SQLException {
        if (!rows.isEmpty()) {
            rows.send(copy, statement);
        }
    }
}
