package io.outcry.api.orders;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.store.OrderStore;
import java.util.List;

/** An account's own orders and fills. */
public final class OrderRoutes {
    private OrderRoutes() {}

    public static List<Route> of(
            OrderEntry entry,
            Engine engine,
            Outcomes outcomes,
            InstrumentTable instruments,
            OrderStore orders,
            ReadAfterWrite reads) {
        Placement placement = entry.placement();
        Cancellation cancellation = entry.cancellation();
        Lookup lookup = new Lookup(engine, outcomes, instruments, orders, reads);
        History history = new History(instruments, orders, reads);
        return List.of(
                Route.post("/api/orders", Access.TRADE, placement::place).answeredDirectly(),
                Route.delete("/api/orders/{id}", Access.TRADE, cancellation::cancel)
                        .answeredDirectly(),
                Route.patch("/api/orders/{id}", Access.TRADE, entry.replacement()::replace)
                        .answeredDirectly(),
                Route.post("/api/orders/test", Access.TRADE, placement::check).answeredDirectly(),
                Route.post("/api/orders/batch", Access.TRADE, entry.batch()::place)
                        .withBodiesUpTo(BatchPlacement.MAX_BODY_BYTES)
                        .answeredDirectly(),
                Route.delete("/api/orders", Access.TRADE, cancellation::cancelAll)
                        .answeredDirectly(),
                Route.get("/api/orders", Access.READ, history::orders),
                Route.get(
                        "/api/orders/by-client-id/{client_order_id}",
                        Access.READ,
                        lookup::byClientOrderId),
                Route.get("/api/orders/{id}", Access.READ, lookup::byId),
                Route.get("/api/fills", Access.READ, history::fills));
    }
}
