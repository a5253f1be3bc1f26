package io.outcry.persistence;

import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.event.Event;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.order.Order;
import io.outcry.domain.store.MarketState;
import io.outcry.domain.store.ProjectionFollower;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told. Told by one thread, read by any. */
class RecordingFollower implements ProjectionFollower {
    final List<Long> sequences = new CopyOnWriteArrayList<>();
    final List<Long> heard = new CopyOnWriteArrayList<>();
    final List<String> terms = new CopyOnWriteArrayList<>();
    volatile List<Order> openOrders = List.of();
    volatile List<PublicTrade> lastTrades = List.of();
    private long failsAt;
    private long failsToHear;

    /** Once; to be told before it follows. */
    void failAt(long sequence) {
        failsAt = sequence;
    }

    /** Likewise, before that is written. */
    void failToHear(long sequence) {
        failsToHear = sequence;
    }

    @Override
    public void leading(MarketState market) {
        List<Order> open = new ArrayList<>();
        market.openOrders(open::add);
        openOrders = open;
        lastTrades = market.lastTrades(3);
        terms.add("leading at " + market.sequence());
    }

    @Override
    public void arrived(List<Event> events) {
        if (events.stream().anyMatch(event -> event.sequence() == failsToHear)) {
            failsToHear = 0;
            throw new IllegalStateException("follower's fault");
        }
        heard.addAll(events.stream().map(Event::sequence).toList());
    }

    @Override
    public void written(List<Event> events, List<LedgerEntry> booked) {
        if (events.stream().anyMatch(event -> event.sequence() == failsAt)) {
            failsAt = 0;
            throw new IllegalStateException("follower's fault");
        }
        sequences.addAll(events.stream().map(Event::sequence).toList());
    }

    @Override
    public void resigned() {
        terms.add("resigned");
    }
}
