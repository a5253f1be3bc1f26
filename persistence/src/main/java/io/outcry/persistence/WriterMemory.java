package io.outcry.persistence;

import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.portfolio.CostBasis;
import io.outcry.persistence.BatchFold.CashKey;
import io.outcry.persistence.BatchFold.PositionKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the writer knows of the database, since nobody else changes it: all instruments, and of
 * orders and positions those that it touched last. Right only while every write succeeds: it lives
 * and dies with its leadership. For one thread.
 */
final class WriterMemory {
    private static final int MOST_ORDERS = 50_000;
    private static final int MOST_POSITIONS = 50_000;
    private static final int MOST_BALANCES = 100_000;

    private final InstrumentTable instruments;
    private final Map<OrderId, Order> openOrders = mostRecent(MOST_ORDERS);
    private final Map<PositionKey, CostBasis> positions = mostRecent(MOST_POSITIONS);
    private final Set<CashKey> balances = new HashSet<>();

    WriterMemory(Collection<Instrument> instruments) {
        this.instruments = new InstrumentTable(instruments);
    }

    InstrumentTable instruments() {
        return instruments;
    }

    Map<OrderId, Order> openOrders() {
        return openOrders;
    }

    Map<PositionKey, CostBasis> positions() {
        return positions;
    }

    /** Those that are known to have a row. */
    Set<CashKey> balances() {
        return balances;
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
        positions.putAll(fold.positions());
        if (balances.size() > MOST_BALANCES) {
            balances.clear();
        }
        balances.addAll(fold.cash().keySet());
        balances.addAll(fold.creditLimits().keySet());
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
