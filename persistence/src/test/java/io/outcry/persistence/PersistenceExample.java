package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.EventFeed;
import io.outcry.domain.order.Order;
import io.outcry.domain.store.OrderFilter;
import io.outcry.domain.store.Page;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The README's example, as it stands there. */
final class PersistenceExample {
    private PersistenceExample() {}

    static List<Order> newestOrders(
            String url, String user, String password, EventFeed feed, AccountId me, long known)
            throws InterruptedException {
        // example
        PersistenceSettings settings = PersistenceSettings.of(url, user, password);
        try (Persistence persistence = Persistence.open(settings)) {
            persistence.migrate();
            try (Projector projector = persistence.project(feed)) {
                if (!persistence.watch().await(known, Duration.ofSeconds(10))) {
                    throw new IllegalStateException("still behind: " + projector.status());
                }
                OrderFilter all = new OrderFilter(Set.of(), null);
                return persistence.orders().list(me, all, Page.first(20));
            }
        }
        // end
    }
}
