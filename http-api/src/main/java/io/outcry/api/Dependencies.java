package io.outcry.api;

import io.outcry.api.engine.ProjectionWatch;
import io.outcry.api.health.Component;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.LedgerStore;
import io.outcry.domain.store.MarketStore;
import io.outcry.domain.store.OrderStore;
import io.outcry.domain.store.Projection;
import io.outcry.domain.store.StatementStore;
import io.outcry.domain.store.UserStore;
import java.util.List;

/**
 * What the server needs of the other modules.
 *
 * @param components whose state shows in the health report, beside the engine
 */
record Dependencies(
        Engine engine,
        UserStore users,
        AccountStore accounts,
        OrderStore orders,
        LedgerStore ledger,
        StatementStore statements,
        MarketStore market,
        Projection projection,
        ProjectionWatch projectionWatch,
        MarketDataCache marketData,
        List<Component> components) {
    Dependencies {
        components = List.copyOf(components);
    }
}
