package io.outcry.load.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A venue that takes every order, keeps what it was told, and fails as a test says. Orders with a
 * client order id are executed once, as the real one does. Thread-safe.
 */
final class FakeVenue implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSTRUMENTS =
            """
            {"instruments":[
             {"symbol":"AAPL","status":"OPEN","tick":"0.01","lot":"1","reference_price":"150.00"},
             {"symbol":"HALT","status":"HALTED","tick":"0.01","lot":"1","reference_price":"9.00"},
             {"symbol":"COIN","status":"OPEN","tick":"0.5","lot":"0.001","reference_price":"100.5",
              "last_price":"120.5"}]}""";

    /**
     * Handles the n-th request of its kind, from 1; {@code normally} answers as a healthy venue
     * does.
     */
    interface Behaviour {
        void handle(Context context, int number, Runnable normally) throws Exception;
    }

    /** An order that was executed, by whom. */
    record Executed(String id, String token, JsonNode body) {}

    private final AtomicInteger registrations = new AtomicInteger();
    private final AtomicInteger placements = new AtomicInteger();
    private final List<Executed> executed = new ArrayList<>();
    private final Map<String, String> idByClientOrderId = new HashMap<>();
    private final Set<String> canceled = new HashSet<>();
    private final Javalin javalin;
    private volatile int enoughOrders = Integer.MAX_VALUE;
    private volatile Runnable onEnough = () -> {};
    private final URI uri;

    volatile Behaviour onRegister = (context, number, normally) -> normally.run();
    volatile Behaviour onOrder = (context, number, normally) -> normally.run();
    volatile String restingStatus = "NEW";

    FakeVenue() {
        javalin =
                Javalin.create(
                                config -> {
                                    config.startup.showJavalinBanner = false;
                                    config.routes.get(
                                            "/health",
                                            context ->
                                                    json(
                                                            context,
                                                            200,
                                                            "{\"status\":\"healthy\",\"replicas\":2}"));
                                    config.routes.post("/api/auth/register", this::register);
                                    config.routes.get(
                                            "/api/instruments",
                                            context -> json(context, 200, INSTRUMENTS));
                                    config.routes.post("/api/orders", this::place);
                                    config.routes.delete("/api/orders/{id}", this::cancel);
                                })
                        .start("127.0.0.1", 0);
        uri = URI.create("http://127.0.0.1:" + javalin.port());
    }

    URI uri() {
        return uri;
    }

    /** Does something when that many orders have arrived. */
    void afterOrders(int orders, Runnable action) {
        onEnough = action;
        enoughOrders = orders;
    }

    synchronized List<Executed> executed() {
        return List.copyOf(executed);
    }

    synchronized Set<String> canceled() {
        return Set.copyOf(canceled);
    }

    /** Requests to place an order, repeated ones too. */
    int placements() {
        return placements.get();
    }

    /** Answers with less than was announced, so that the server breaks the connection off. */
    static void closeMidAnswer(Context context) throws IOException {
        context.status(201);
        context.res().setContentLength(500);
        context.res().getOutputStream().write("{\"id\":".getBytes(StandardCharsets.UTF_8));
        context.res().flushBuffer();
    }

    static void problem(Context context, int status, String code) {
        json(context, status, "{\"status\":" + status + ",\"code\":\"" + code + "\"}");
    }

    private void register(Context context) throws Exception {
        int number = registrations.incrementAndGet();
        JsonNode body = JSON.readTree(context.body());
        onRegister.handle(
                context,
                number,
                () ->
                        json(
                                context,
                                201,
                                "{\"user_id\":\"u%1$d\",\"account_id\":\"%1$d\",\"access_token\":\"%2$s\"}"
                                        .formatted(number, body.path("username").asText())));
    }

    private void place(Context context) throws Exception {
        JsonNode order = JSON.readTree(context.body());
        int number = placements.incrementAndGet();
        onOrder.handle(context, number, () -> json(context, 201, execute(context, order)));
        if (number >= enoughOrders) {
            onEnough.run();
        }
    }

    private synchronized String execute(Context context, JsonNode order) {
        String token = String.valueOf(context.header("Authorization"));
        JsonNode clientOrderId = order.get("client_order_id");
        String nextId = String.valueOf(executed.size() + 1);
        String id =
                clientOrderId == null
                        ? nextId
                        : idByClientOrderId.computeIfAbsent(
                                token + " " + clientOrderId.asText(), absent -> nextId);
        if (id.equals(nextId)) {
            executed.add(new Executed(id, token, order));
        }
        return "{\"id\":\"%s\",\"status\":\"%s\",\"filled_quantity\":\"0\",\"sequence\":%s,\"fills\":[{\"id\":\"x\"}]}"
                .formatted(id, statusOf(order), id);
    }

    private String statusOf(JsonNode order) {
        boolean rests =
                order.path("order_type").asText().equals("LIMIT")
                        && order.path("time_in_force").asText().equals("GTC");
        return rests ? restingStatus : "CANCELED";
    }

    private synchronized void cancel(Context context) {
        String id = context.pathParam("id");
        if (canceled.add(id)) {
            json(context, 200, "{\"id\":\"" + id + "\",\"status\":\"CANCELED\"}");
        } else {
            problem(context, 409, "ORDER_CLOSED");
        }
    }

    private static void json(Context context, int status, String json) {
        context.status(status).contentType("application/json").result(json);
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
