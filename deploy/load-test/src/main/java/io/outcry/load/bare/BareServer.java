package io.outcry.load.bare;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The least that an order entry could be: one JSON object in, one out, nothing behind it. What it
 * serves is the ceiling that HTTP, JSON and Javalin set on a machine. Thread-safe.
 */
public final class BareServer implements AutoCloseable {
    private final AtomicLong lastId = new AtomicLong();
    private final Javalin javalin;

    /**
     * Listens at once; port 0 takes a free one.
     *
     * @throws IOException when it cannot
     */
    public BareServer(String host, int port) throws IOException {
        javalin =
                Javalin.create(
                        config -> {
                            config.startup.showJavalinBanner = false;
                            config.routes.get("/health", BareServer::health);
                            config.routes.post("/api/auth/register", this::register);
                            config.routes.post("/api/orders", this::place);
                        });
        try {
            javalin.start(host, port);
        } catch (JavalinException e) {
            throw new IOException("cannot listen on " + host + ":" + port, e);
        }
    }

    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void health(Context context) {
        context.json(new Health("healthy"));
    }

    private void register(Context context) {
        Registration registration = context.bodyAsClass(Registration.class);
        long id = lastId.incrementAndGet();
        context.status(HttpStatus.CREATED)
                .json(new Registered(id, id, registration.username(), "Bearer", 3600));
    }

    private void place(Context context) {
        Order order = context.bodyAsClass(Order.class);
        context.status(HttpStatus.CREATED)
                .json(
                        new Placed(
                                lastId.incrementAndGet(),
                                order.symbol(),
                                order.side(),
                                order.order_type(),
                                order.quantity(),
                                order.price(),
                                "0",
                                "CANCELED"));
    }

    private record Health(String status) {}

    private record Registration(String username, String email, String password) {}

    private record Registered(
            long user_id,
            long account_id,
            String access_token,
            String token_type,
            int expires_in) {}

    private record Order(
            String symbol, String side, String order_type, String quantity, String price) {}

    private record Placed(
            long id,
            String symbol,
            String side,
            String order_type,
            String quantity,
            String price,
            String filled_quantity,
            String status) {}
}
