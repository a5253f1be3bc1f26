package io.outcry.api;

import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.event.Event;
import io.outcry.domain.store.MarketState;
import io.outcry.domain.store.ProjectionFollower;
import java.util.List;

/** Several followers of the projection, told one after the other. For the projector's thread. */
final class Followers implements ProjectionFollower {
    private final List<ProjectionFollower> all;

    Followers(List<ProjectionFollower> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void leading(MarketState market) {
        all.forEach(follower -> follower.leading(market));
    }

    @Override
    public void arrived(List<Event> events) {
        all.forEach(follower -> follower.arrived(events));
    }

    @Override
    public void written(List<Event> events, List<LedgerEntry> booked) {
        all.forEach(follower -> follower.written(events, booked));
    }

    @Override
    public void resigned() {
        all.forEach(ProjectionFollower::resigned);
    }
}
