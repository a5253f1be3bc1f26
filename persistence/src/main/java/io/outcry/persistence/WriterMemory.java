package io.outcry.persistence;

import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.market.Candle;
import io.outcry.domain.market.Candles;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.portfolio.CostBasis;
import io.outcry.persistence.LedgerFold.Cash;
import io.outcry.persistence.LedgerFold.CashKey;
import io.outcry.persistence.LedgerFold.PositionKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the writer knows of the database, since nobody else changes it: all instruments and their
 * newest candles, and of orders, balances and positions those that it touched last. Right only
 * while every write succeeds: it lives and dies with its leadership. For one thread.
 */
final class WriterMemory {
    private static final int MOST_ORDERS = 50_000;
    private static final int MOST_POSITIONS = 50_000;
    private static final int MOST_BALANCES = 50_000;

    private final InstrumentTable instruments;
    private final Candles candles;
    private final Map<OrderId, Order> openOrders = mostRecent(MOST_ORDERS);
    private final Map<PositionKey, CostBasis> positions = mostRecent(MOST_POSITIONS);
    private final Map<CashKey, Cash> cash = mostRecent(MOST_BALANCES);

    WriterMemory(Collection<Instrument> instruments, Collection<Candle> newestCandles) {
        this.instruments = new InstrumentTable(instruments);
        this.candles = Candles.restore(newestCandles);
    }

    InstrumentTable instruments() {
        return instruments;
    }

    Candles candles() {
        return candles;
    }

    Map<OrderId, Order> openOrders() {
        return openOrders;
    }

    Map<PositionKey, CostBasis> positions() {
        return positions;
    }

    Map<CashKey, Cash> cash() {
        return cash;
    }

    /** The database now holds what the batch came to. */
    void committed(BatchFold fold) {
        for (Order order : fold.orders()) {
            if (order.status().open()) {
                openOrders.put(order.id(), order);
            } else {
                openOrders.remove(order.id());
            }
        }
        positions.putAll(fold.ledger().positions());
        cash.putAll(fold.ledger().cash());
        instruments.stored();
    }

    private static <K, V> Map<K, V> mostRecent(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
