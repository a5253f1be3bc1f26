package io.outcry.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * An order book by price level, kept from the messages of a {@code book} channel. Written by one
 * thread, the stream's; safe to be read by any.
 */
public final class LiveBook implements ChannelListener {
    private final NavigableMap<BigDecimal, BigDecimal> bids =
            new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private long sequence;
    private boolean known;

    @Override
    public synchronized void onSnapshot(JsonNode message) {
        bids.clear();
        asks.clear();
        known = true;
        onUpdate(message);
    }

    @Override
    public synchronized void onUpdate(JsonNode message) {
        apply(message.path("bids"), bids);
        apply(message.path("asks"), asks);
        sequence = message.path("sequence").asLong();
    }

    @Override
    public synchronized void onStale() {
        known = false;
    }

    /** Quantities are absolute; 0 says that the level is gone. */
    private static void apply(JsonNode levels, NavigableMap<BigDecimal, BigDecimal> side) {
        for (JsonNode level : levels) {
            BigDecimal price = new BigDecimal(level.path(0).asText()).stripTrailingZeros();
            BigDecimal quantity = new BigDecimal(level.path(1).asText());
            if (quantity.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, quantity);
            }
        }
    }

    /** Whether the book is as the venue's was a moment ago. */
    public synchronized boolean known() {
        return known;
    }

    /** Quantity by price, best first. */
    public synchronized NavigableMap<BigDecimal, BigDecimal> bids() {
        return Collections.unmodifiableNavigableMap(new TreeMap<>(bids));
    }

    /** Quantity by price, best first. */
    public synchronized NavigableMap<BigDecimal, BigDecimal> asks() {
        return Collections.unmodifiableNavigableMap(new TreeMap<>(asks));
    }

    public synchronized long sequence() {
        return sequence;
    }
}
