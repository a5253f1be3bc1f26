package io.outcry.persistence;

import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.account.LedgerEntry.CashChange;
import io.outcry.domain.account.LedgerEntry.PositionChange;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.store.AccountFill;
import io.outcry.domain.store.StatementStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is read for a statement, and how its rows become text. For one thread. */
final class StatementTable {
    private static final List<String> ORDER_COLUMNS =
            List.of(
                    "order_id",
                    "client_order_id",
                    "symbol",
                    "side",
                    "order_type",
                    "time_in_force",
                    "status",
                    "reason",
                    "price",
                    "stop_price",
                    "quantity",
                    "filled_quantity",
                    "filled_value",
                    "fees",
                    "currency",
                    "created_at",
                    "updated_at");
    private static final List<String> FILL_COLUMNS =
            List.of(
                    "trade_id",
                    "order_id",
                    "symbol",
                    "side",
                    "liquidity",
                    "price",
                    "quantity",
                    "value",
                    "fee",
                    "currency",
                    "time");
    private static final List<String> LEDGER_COLUMNS =
            List.of(
                    "sequence",
                    "kind",
                    "trade_id",
                    "reference",
                    "currency",
                    "cash",
                    "cash_balance",
                    "symbol",
                    "quantity",
                    "quantity_balance",
                    "time");

    private final StatementStore.Subject subject;
    private final Map<Symbol, Instrument> instruments = new HashMap<>();
    private final Map<Currency, Scale> currencies = new HashMap<>();

    private StatementTable(StatementStore.Subject subject) {
        this.subject = subject;
    }

    static StatementTable of(StatementStore.Subject subject, Handle handle) {
        StatementTable table = new StatementTable(subject);
        handle.createQuery(InstrumentRows.SELECT_ALL)
                .map((row, context) -> InstrumentRows.read(row))
                .forEach(table::add);
        return table;
    }

    private void add(Instrument instrument) {
        instruments.put(instrument.symbol(), instrument);
        currencies.put(instrument.currency(), instrument.cashScale());
    }

    List<String> columns() {
        return switch (subject) {
            case ORDERS -> ORDER_COLUMNS;
            case FILLS -> FILL_COLUMNS;
            case LEDGER -> LEDGER_COLUMNS;
        };
    }

    TimeMarks.Key key() {
        return subject == StatementStore.Subject.ORDERS
                ? TimeMarks.Key.ORDER_ID
                : TimeMarks.Key.SEQUENCE;
    }

    /**
     * With parameters account, from, to (times), first and end (keys), and firstEvent (the sequence
     * that no row of the period is before, which tells the partitions); oldest first.
     */
    String sql() {
        return switch (subject) {
            case ORDERS -> select(OrderRows.COLUMNS, "orders", "order_id", "created_at_nanos");
            case FILLS -> select(FillRows.COLUMNS, "fills", "sequence", "time_nanos");
            case LEDGER ->
                    select(PostgresLedgerStore.COLUMNS, "ledger", "sequence", "time_nanos")
                            + ", kind";
        };
    }

    private static String select(String columns, String table, String key, String time) {
        return String.format(
                "SELECT %s FROM %s WHERE account_id = :account AND %3$s >= :first AND %3$s < :end"
                        + " AND sequence >= :firstEvent"
                        + " AND %4$s >= :from AND %4$s < :to ORDER BY %3$s",
                columns, table, key, time);
    }

    @Nullable String[] fields(ResultSet row) throws SQLException {
        return switch (subject) {
            case ORDERS -> fields(OrderRows.read(row));
            case FILLS -> fields(FillRows.read(row));
            case LEDGER -> fields(PostgresLedgerStore.read(row));
        };
    }

    private @Nullable String[] fields(Order order) {
        OrderTerms terms = order.terms();
        Instrument instrument = instrument(terms.symbol());
        ClientOrderId clientOrderId = terms.clientOrderId();
        CancelReason reason = order.cancelReason();
        return new @Nullable String[] {
            order.id().toString(),
            clientOrderId == null ? null : clientOrderId.value(),
            terms.symbol().value(),
            terms.side().name(),
            terms.type().name(),
            terms.timeInForce().name(),
            order.status().name(),
            reason == null ? null : reason.name(),
            given(instrument.priceScale(), terms.price()),
            given(instrument.priceScale(), terms.stopPrice()),
            instrument.quantityScale().format(terms.quantity()),
            instrument.quantityScale().format(order.filledQuantity()),
            instrument.cashScale().format(order.filledNotional()),
            instrument.cashScale().format(order.fees()),
            instrument.currency().code(),
            time(order.createdAtNanos()),
            time(order.updatedAtNanos())
        };
    }

    private @Nullable String[] fields(AccountFill of) {
        Fill fill = of.fill();
        Instrument instrument = instrument(of.symbol());
        return new @Nullable String[] {
            Long.toString(fill.tradeId()),
            fill.orderId().toString(),
            of.symbol().value(),
            of.side().name(),
            fill.liquidity().name(),
            instrument.priceScale().format(fill.price()),
            instrument.quantityScale().format(fill.quantity()),
            instrument.cashScale().format(fill.notional()),
            instrument.cashScale().format(fill.fee()),
            instrument.currency().code(),
            time(fill.timeNanos())
        };
    }

    private @Nullable String[] fields(LedgerEntry entry) {
        @Nullable String[] fields = new @Nullable String[LEDGER_COLUMNS.size()];
        fields[0] = Long.toString(entry.sequence());
        fields[1] = entry.kind().name();
        fields[2] = entry.tradeId() == 0 ? null : Long.toString(entry.tradeId());
        fields[3] = entry.reference();
        CashChange cash = entry.cash();
        if (cash != null) {
            Scale scale = currencies.getOrDefault(cash.currency(), new Scale(0));
            fields[4] = cash.currency().code();
            fields[5] = scale.format(cash.amount());
            fields[6] = scale.format(cash.balance());
        }
        PositionChange position = entry.position();
        if (position != null) {
            Scale scale = instrument(position.symbol()).quantityScale();
            fields[7] = position.symbol().value();
            fields[8] = scale.format(position.quantity());
            fields[9] = scale.format(position.balance());
        }
        fields[10] = time(entry.timeNanos());
        return fields;
    }

    private Instrument instrument(Symbol symbol) {
        return Objects.requireNonNull(instruments.get(symbol), symbol::toString);
    }

    private static @Nullable String given(Scale scale, long units) {
        return units == 0 ? null : scale.format(units);
    }

    private static String time(long nanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return Instant.ofEpochSecond(Math.floorDiv(nanos, second), Math.floorMod(nanos, second))
                .toString();
    }
}
