package io.outcry.persistence;

import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.order.Order;
import io.outcry.domain.store.MarketState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads on the writer's connection, between its writes: nothing changes meanwhile. For one thread.
 */
final class PostgresMarketState implements MarketState {
    /** As many as one answer brings: each is there soon, however many orders are open. */
    static final int PAGE = 5_000;

    /** From one order on, by the primary key. */
    static final String OPEN_ORDERS =
            "SELECT "
                    + OrderRows.COLUMNS
                    + " FROM open_orders WHERE (account_id, order_id) > (?, ?)"
                    + " ORDER BY account_id, order_id LIMIT "
                    + PAGE;

    private static final String LAST_TRADES =
            """
            SELECT t.trade_id, t.symbol, t.price, t.quantity, t.taker_side, t.sequence, t.time_nanos
            FROM instruments i CROSS JOIN LATERAL (
                SELECT * FROM trades WHERE symbol = i.symbol ORDER BY trade_id DESC LIMIT ?) t
            ORDER BY t.symbol, t.trade_id DESC
            """;

    private static final String CANDLES =
            "SELECT "
                    + CandleRows.COLUMNS
                    + " FROM instruments i JOIN candles c USING (symbol)"
                    + " WHERE c.candle_interval = ? AND c.open_time_nanos >= ?"
                    + " ORDER BY c.symbol, c.open_time_nanos";

    private final Connection connection;
    private final long sequence;

    PostgresMarketState(Connection connection, long sequence) {
        this.connection = connection;
        this.sequence = sequence;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public List<Instrument> instruments() {
        List<Instrument> instruments = new ArrayList<>();
        read(
                InstrumentRows.SELECT_ALL,
                select -> {},
                row -> instruments.add(InstrumentRows.read(row)));
        return instruments;
    }

    @Override
    public void openOrders(Consumer<Order> each) {
        List<Order> page = openOrders(0, 0);
        while (!page.isEmpty()) {
            page.forEach(each);
            Order last = page.get(page.size() - 1);
            page = openOrders(last.terms().accountId().value(), last.id().value());
        }
    }

    private List<Order> openOrders(long afterAccount, long afterOrder) {
        List<Order> page = new ArrayList<>(PAGE);
        read(
                OPEN_ORDERS,
                select -> {
                    select.setLong(1, afterAccount);
                    select.setLong(2, afterOrder);
                },
                row -> page.add(OrderRows.read(row)));
        return page;
    }

    @Override
    public List<PublicTrade> lastTrades(int perSymbol) {
        List<PublicTrade> trades = new ArrayList<>();
        read(LAST_TRADES, select -> select.setInt(1, perSymbol), row -> trades.add(readTrade(row)));
        return trades;
    }

    @Override
    public List<Candle> candles(CandleInterval interval, long fromNanos) {
        List<Candle> candles = new ArrayList<>();
        read(
                CANDLES,
                select -> {
                    select.setShort(1, Codes.CANDLE_INTERVAL.of(interval));
                    select.setLong(2, fromNanos);
                },
                row -> candles.add(CandleRows.read(row)));
        return candles;
    }

    static PublicTrade readTrade(ResultSet row) throws SQLException {
        return new PublicTrade(
                row.getLong(1),
                new Symbol(row.getString(2)),
                row.getLong(3),
                row.getLong(4),
                Codes.SIDE.of(row.getShort(5)),
                row.getLong(6),
                row.getLong(7));
    }

    private void read(String sql, Binding binding, RowReader reader) {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            binding.bind(select);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    reader.read(row);
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw Database.translated("reading the market's state", e);
        }
    }

    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement select) throws SQLException;
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
