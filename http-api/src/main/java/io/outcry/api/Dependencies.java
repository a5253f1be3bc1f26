package io.outcry.api;

import io.outcry.api.engine.ProjectionWatch;
import io.outcry.api.health.Component;
import io.outcry.api.ws.Sockets;
import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.account.AccountListener;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.market.MarketDataCache;
import io.outcry.domain.market.MarketListener;
import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.ApiKeyStore;
import io.outcry.domain.store.AuditLog;
import io.outcry.domain.store.LedgerStore;
import io.outcry.domain.store.MarketStore;
import io.outcry.domain.store.OrderStore;
import io.outcry.domain.store.Projection;
import io.outcry.domain.store.SecondFactorStore;
import io.outcry.domain.store.SessionStore;
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
        SessionStore sessions,
        SecondFactorStore secondFactors,
        ApiKeyStore apiKeys,
        AuditLog audit,
        RateLimiter limiter,
        AccountStore accounts,
        OrderStore orders,
        LedgerStore ledger,
        StatementStore statements,
        MarketStore market,
        Projection projection,
        ProjectionWatch projectionWatch,
        Sockets.Sources live,
        LiveData liveData,
        List<Component> components) {
    /** Market data and accounts as they change. */
    @FunctionalInterface
    interface LiveData {
        /** Has both told from now on, until what is returned is closed. */
        Subscription listen(MarketListener market, AccountListener accounts);

        /** Ends the listening. */
        interface Subscription extends AutoCloseable {
            @Override
            void close();
        }
    }

    MarketDataCache marketData() {
        return live.marketData();
    }

    Dependencies {
        components = List.copyOf(components);
    }
}
