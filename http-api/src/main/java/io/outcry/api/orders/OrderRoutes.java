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
            Engine engine,
            Outcomes outcomes,
            InstrumentTable instruments,
            OrderStore orders,
            ReadAfterWrite reads) {
        Placement placement = new Placement(engine, outcomes, instruments);
        EndedOrders ended = new EndedOrders(orders, reads);
        BatchPlacement batch = new BatchPlacement(engine, outcomes, instruments);
        Replacement replacement = new Replacement(engine, outcomes, instruments, ended);
        Cancellation cancellation = new Cancellation(engine, outcomes, instruments, ended);
        Lookup lookup = new Lookup(engine, outcomes, instruments, orders, reads);
        History history = new History(instruments, orders, reads);
        return List.of(
                Route.post("/api/orders", Access.TRADE, placement::place).answeredDirectly(),
                Route.post("/api/orders/test", Access.TRADE, placement::check).answeredDirectly(),
                Route.post("/api/orders/batch", Access.TRADE, batch::place)
                        .withBodiesUpTo(BatchPlacement.MAX_BODY_BYTES),
                Route.get("/api/orders", Access.READ, history::orders),
                Route.delete("/api/orders", Access.TRADE, cancellation::cancelAll),
                Route.get(
                        "/api/orders/by-client-id/{client_order_id}",
                        Access.READ,
                        lookup::byClientOrderId),
                Route.get("/api/orders/{id}", Access.READ, lookup::byId),
                Route.patch("/api/orders/{id}", Access.TRADE, replacement::replace),
                Route.delete("/api/orders/{id}", Access.TRADE, cancellation::cancel),
                Route.get("/api/fills", Access.READ, history::fills));
    }
}
