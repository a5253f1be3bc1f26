package io.outcry.api.orders;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.outcry.api.auth.AccessTokens;
import io.outcry.api.auth.TokenKey;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.CurrentRequest;
import io.outcry.api.json.FlatObject;
import io.outcry.api.json.Json;
import io.outcry.api.json.Times;
import io.outcry.api.limit.LimitClass;
import io.outcry.api.limit.LimitText;
import io.outcry.api.limit.LimitTiers;
import io.outcry.api.limit.Limits;
import io.outcry.api.market.InstrumentFile;
import io.outcry.domain.access.RateLimiter.Decision;
import io.outcry.domain.access.RateLimiter.Limit;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.store.User;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Measures what the stages of one POST /api/orders cost, in processor time of the measuring thread,
 * so that what else runs on the machine matters little. Run it by hand: see the module's README.
 */
final class PostCost {
    private static final int ROUNDS = 12;
    private static final int CALLS = 100_000;
    private static final byte[] BODY =
            """
            {"symbol":"AAPL","side":"BUY","order_type":"LIMIT","quantity":"100","price":"150.25",\
            "time_in_force":"GTC","client_order_id":"7b0c51b2-16a0-4c4b-9f0e-000000000001"}"""
                    .getBytes(StandardCharsets.UTF_8);

    private static final String REQUEST_ID = "4f0c92aa4f0c92aa4f0c92aa4f0c92aa";

    private static long sink;

    private PostCost() {}

    /** One call of a stage; its value is kept, so that it is not optimized away. */
    private interface Stage {
        long call() throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        Instrument instrument = instruments().get(0);
        InstrumentTable table = table();
        AccountId account = new AccountId(1);
        OrderRequest request = OrderRequest.read(body(), account, table);
        Order order =
                new Order(
                        new OrderId(123_456),
                        request.terms(),
                        OrderStatus.FILLED,
                        null,
                        request.terms().quantity(),
                        instrument.notional(15_025, request.terms().quantity()),
                        0,
                        1_795_512_223_123_456_789L,
                        1_795_512_223_123_456_789L,
                        9_876_543);
        Fill fill =
                new Fill(
                        77,
                        order.id(),
                        15_025,
                        100,
                        order.filledNotional(),
                        0,
                        Liquidity.TAKER,
                        9_876_543,
                        1_795_512_223_123_456_789L);
        AccessTokens tokens =
                new AccessTokens(key(), Duration.ofHours(1), Clock.systemUTC(), session -> false);
        String header = "Bearer " + tokens.issue(user(), UUID.randomUUID()).token();

        measure("token, remembered", () -> tokens.authenticate(header).accountId().value());
        try (Limits limits = limits()) {
            measure(
                    "a limit, counted here",
                    () -> limits.admit(LimitClass.ORDERS, account, User.STANDARD).remaining());
        }
        measure(
                "a thread's name of a request",
                () -> {
                    CurrentRequest.during(REQUEST_ID, () -> sink += CurrentRequest.id().length());
                    return sink;
                });
        measure("body to terms", () -> OrderRequest.read(body(), account, table).terms().price());
        measure(
                "order without fills to JSON",
                () ->
                        Json.bytes(json -> OrderJson.write(json, order, instrument, List.of()))
                                .length);
        measure(
                "order with a fill to JSON",
                () ->
                        Json.bytes(json -> OrderJson.write(json, order, instrument, List.of(fill)))
                                .length);
        measure("a time to RFC 3339", () -> Times.format(order.createdAtNanos()).length());
        System.out.println("(checksum " + sink + ")");
    }

    private static void measure(String name, Stage stage) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < CALLS; i++) {
                sink += stage.call();
            }
            best = Math.min(best, threads.getCurrentThreadCpuTime() - begin);
        }
        System.out.printf("%-30s %6.2f us%n", name, best / 1000.0 / CALLS);
    }

    /** One that is never reached, with the others told of every tenth use. */
    private static Limits limits() {
        Limit limit = LimitText.parse(LimitClass.ORDERS, "1000000/s:900000000");
        return new Limits(
                LimitTiers.standard(Map.of(LimitClass.ORDERS, limit)),
                (subject, portion) -> new Decision(true, Duration.ZERO),
                System::nanoTime);
    }

    private static FlatObject body() {
        return FlatObject.parse(BODY, OrderRequest.FIELDS);
    }

    private static List<Instrument> instruments() throws IOException {
        try (InputStream stream = PostCost.class.getResourceAsStream("/default-instruments.csv")) {
            return InstrumentFile.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** A table filled by an engine that answers nothing else. */
    private static InstrumentTable table() throws IOException {
        var answer = CompletableFuture.completedFuture(new Outcome.Done<>(instruments(), 1));
        Engine engine =
                (Engine)
                        Proxy.newProxyInstance(
                                Engine.class.getClassLoader(),
                                new Class<?>[] {Engine.class},
                                (proxy, method, values) -> answer);
        InstrumentTable table =
                new InstrumentTable(
                        engine, new Outcomes(Duration.ofSeconds(1), new SimpleMeterRegistry()));
        table.refresh();
        return table;
    }

    private static TokenKey key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
        return TokenKey.parse(
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getEncoder().encodeToString(encoded)
                        + "\n-----END PRIVATE KEY-----");
    }

    private static User user() {
        return new User(
                UUID.randomUUID(),
                "alice",
                "a@example.com",
                null,
                "",
                new AccountId(1),
                User.Role.TRADER,
                User.STANDARD,
                Instant.EPOCH);
    }
}
