package io.outcry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import io.outcry.domain.account.AccountId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas before the real engine, PostgreSQL and Redis. */
class RealVenueTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir private static Path folder;

    private static RealServers servers;
    private static Map<String, String> environment;
    private static RealReplica one;
    private static RealReplica two;

    @BeforeAll
    @Timeout(120)
    static void start() throws Exception {
        assumeTrue(RealServers.available(), "the engine has not been built");
        servers = RealServers.start(folder.resolve("journal"));
        environment = new HashMap<>(servers.environment());
        environment.put("OUTCRY_TOKEN_KEY", TestVenue.newTokenKey());
        environment.put("OUTCRY_LIMIT_TIERS", "slow orders=4/h:4");
        one = new RealReplica(TestVenue.settings(environment));
        two = new RealReplica(TestVenue.settings(environment));
        assertThat(one.get("/health/ready", null).status()).isEqualTo(503);
        servers.startEngine();
        one.awaitStart();
        two.awaitStart();
    }

    @AfterAll
    static void stop() throws Exception {
        if (servers != null) {
            one.close();
            two.close();
            servers.close();
        }
    }

    @Test
    void aTierIsStoredAndItsLimitHoldsOverTheReplicas() throws Exception {
        Trader trader = one.register();
        AccountId account =
                new AccountId(one.get("/api/account", trader).body().get("account_id").asLong());
        assertThat(one.dependencies().users().setTier(account, "slow")).isTrue();
        String signIn =
                "{\"username\":\"%s\",\"password\":\"%s\"}"
                        .formatted(trader.name(), TestClient.PASSWORD);
        String token =
                two.post("/api/auth/login", null, signIn).body().get("access_token").asText();
        Trader slow = new Trader(trader.name(), token);
        String order = TestClient.order("BUY", "1", "10");
        for (int i = 0; i < 4; i++) {
            assertThat(one.post("/api/orders", slow, order).status()).isEqualTo(201);
        }
        assertThat(one.post("/api/orders", slow, order).status()).isEqualTo(429);
        Awaitility.await()
                .atMost(SOON)
                .until(() -> two.post("/api/orders", slow, order).status() == 429);
        assertThat(two.get("/api/orders", slow).body().get("orders").size()).isLessThan(8);
    }

    @Test
    void whatPostgresqlAndRedisTakeIsMeasured() throws Exception {
        Trader trader = one.register();
        assertThat(one.get("/api/orders", trader).status()).isEqualTo(200);
        assertThat(one.get("/api/market/AAPL/book", null).status()).isEqualTo(200);

        assertThat(one.get("/metrics", null).http().body())
                .containsPattern(
                        "outcry_database_queries_seconds_count\\{query=\"listing orders\"} [1-9]")
                .containsPattern("outcry_database_waits_seconds_count [1-9]")
                .containsPattern(
                        "outcry_redis_calls_seconds_count\\{call=\"reading market data\"} [1-9]");
        Awaitility.await().atMost(SOON).until(() -> batchesWritten(one) || batchesWritten(two));
    }

    private static boolean batchesWritten(RealReplica replica) throws Exception {
        return replica.get("/metrics", null)
                .http()
                .body()
                .lines()
                .anyMatch(line -> line.matches("outcry_projection_writes_seconds_count [1-9].*"));
    }

    @Test
    void theEnginesLogNamesTheRequest() throws Exception {
        Trader trader = one.register();
        one.send(
                one.request("/api/orders", trader)
                        .header("Content-Type", "application/json")
                        .header("X-Request-Id", "find-me")
                        .POST(BodyPublishers.ofString(TestClient.order("BUY", "1", "10")))
                        .build());
        assertThat(Files.readString(servers.engineLog()))
                .containsPattern("took command \\d+ \\(place_order\\) for request find-me\n");
    }

    @Test
    void whatOneReplicaTookTheOtherShowsAtOnce() throws Exception {
        Trader trader = one.register();
        for (int i = 1; i <= 20; i++) {
            Answer placed = one.post("/api/orders", trader, TestClient.order("BUY", "1", "10"));
            assertThat(placed.status()).as(placed.body().toString()).isEqualTo(201);

            JsonNode orders = two.get("/api/orders", trader).body().get("orders");

            assertThat(orders).hasSize(i);
            assertThat(orders.get(0)).isEqualTo(placed.body());
        }
        assertThat(two.delete("/api/orders", trader).body().get("orders")).hasSize(20);
        assertThat(one.get("/api/orders?status=OPEN", trader).body().get("orders")).isEmpty();
    }

    @Test
    void aTradeShowsInFillsPositionsAndCashOfBothSides() throws Exception {
        Trader seller = one.register();
        Trader buyer = two.register();
        one.post("/api/orders", seller, TestClient.order("SELL", "10", "120"));
        JsonNode bought =
                two.post("/api/orders", buyer, TestClient.order("BUY", "10", "120")).body();

        assertThat(bought.get("status").asText()).isEqualTo("FILLED");
        assertThat(one.get("/api/orders/" + bought.get("id").asText(), buyer).body())
                .isEqualTo(bought);
        for (Trader trader : List.of(seller, buyer)) {
            JsonNode fill = one.get("/api/fills", trader).body().get("fills").get(0);
            assertThat(fill.get("notional").asText()).isEqualTo("1200");
        }
        JsonNode position = one.get("/api/positions", buyer).body().get("positions").get(0);
        assertThat(position.get("quantity").asText()).isEqualTo("10");
        assertThat(position.get("average_price").asText()).isEqualTo("120");
        JsonNode summary = two.get("/api/portfolio/summary", seller).body();
        assertThat(summary.get("cash").asText()).isEqualTo("1001200");
        assertThat(summary.get("equity").asText()).isEqualTo("1000000");
    }

    @Test
    void anOperatorChecksTheProjectionAndHasItBuiltAnew() throws Exception {
        Trader trader = one.register();
        one.post("/api/orders", trader, TestClient.order("BUY", "1", "10"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ProjectionCommand command =
                new ProjectionCommand(
                        TestVenue.settings(environment), new PrintStream(out, true, UTF_8));
        for (String name : List.of("check", "rebuild", "check")) {
            assertThat(command.run(name)).as(out.toString(UTF_8)).isZero();
        }
        assertThat(out.toString(UTF_8))
                .containsPattern("ledger +[0-9,]+ rows [0-9a-f]{16} .* equal")
                .containsPattern("events projected in .* s");
        assertThat(two.get("/api/orders", trader).body().get("orders")).hasSize(1);
    }

    @Test
    void aTradeShowsInLedgerCandlesAndTicker() throws Exception {
        Trader seller = one.register();
        Trader buyer = two.register();
        one.post("/api/orders", seller, TestClient.order("SELL", "3", "130"));
        two.post("/api/orders", buyer, TestClient.order("BUY", "3", "130"));

        JsonNode page = one.get("/api/account/ledger?limit=1", buyer).body();
        JsonNode trade = page.get("entries").get(0);
        assertThat(trade.get("kind").asText()).isEqualTo("TRADE");
        assertThat(trade.get("cash").asText()).isEqualTo("-390");
        assertThat(trade.get("cash_balance").asText()).isEqualTo("999610");
        assertThat(trade.get("quantity_balance").asText()).isEqualTo("3");
        String cursor = page.get("next_cursor").asText();
        JsonNode before = one.get("/api/account/ledger?cursor=" + cursor, buyer).body();
        assertThat(before.get("entries").get(0).get("kind").asText()).isEqualTo("CASH_ADJUSTMENT");
        assertThat(one.get("/api/market/AAPL/candles?cursor=" + cursor, null).status())
                .isEqualTo(400);
        JsonNode candle =
                two.get("/api/market/AAPL/candles?interval=1d", null).body().get("candles").get(0);
        assertThat(candle.get("close").asText()).isEqualTo("130");
        Awaitility.await()
                .atMost(SOON)
                .until(
                        () -> {
                            Answer ticker = one.get("/api/market/AAPL/ticker", null);
                            return ticker.status() == 200
                                    && ticker.body().get("last_price").asText().equals("130");
                        });
    }

    @Test
    void aStatementHoldsWhatWasJustDone() throws Exception {
        Trader seller = one.register();
        Trader buyer = two.register();
        one.post("/api/orders", seller, TestClient.order("SELL", "2", "140"));
        two.post("/api/orders", buyer, TestClient.order("BUY", "2", "140"));

        for (String kind : List.of("orders", "fills", "ledger")) {
            String path = "/api/account/statements?kind=" + kind;
            JsonNode rows = one.get(path, buyer).body();
            assertThat(rows.get(rows.size() - 1).get("symbol").asText()).isEqualTo("AAPL");
            String csv = two.get(path + "&format=csv", seller).http().body();
            assertThat(csv.lines().skip(1).toList())
                    .last()
                    .asString()
                    .contains("AAPL")
                    .endsWith("Z");
            assertThat(one.get(path + "&to=2001-01-01T00:00:00Z", buyer).body()).isEmpty();
        }
    }

    @Test
    void whoRegisteredAtOneReplicaSignsInAtTheOther() throws Exception {
        Trader trader = one.register();

        Answer answer =
                two.post(
                        "/api/auth/login",
                        null,
                        """
                        {"username":"%s","password":"%s"}\
                        """
                                .formatted(trader.name(), TestClient.PASSWORD));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(
                        two.post("/api/auth/register", null, TestClient.registration(trader.name()))
                                .code())
                .isEqualTo("USERNAME_TAKEN");
    }

    @Test
    void theBookIsPublishedToEveryReplica() throws Exception {
        Trader trader = one.register();
        String order = TestClient.order("BUY", "3", "77").replace("AAPL", "TSLA");
        one.post("/api/orders", trader, order);

        for (RealReplica replica : List.of(one, two)) {
            Awaitility.await()
                    .atMost(SOON)
                    .until(
                            () ->
                                    replica.get("/api/market/TSLA/book", null)
                                            .body()
                                            .at("/bids/0/price")
                                            .asText()
                                            .equals("77"));
        }
        assertThat(one.delete("/api/orders", trader).status()).isEqualTo(200);
    }

    @Test
    void anEngineThatWasKilledComesBackWithEveryOrder() throws Exception {
        Trader trader = one.register();
        String order =
                """
                {"symbol":"MSFT","side":"BUY","order_type":"LIMIT","quantity":"2","price":"5",
                 "client_order_id":"survivor"}\
                """;
        JsonNode placed = one.post("/api/orders", trader, order).body();

        servers.killEngine();
        Awaitility.await().atMost(SOON).until(() -> one.get("/health/ready", null).status() == 503);
        Answer away = one.post("/api/orders", trader, order);
        servers.startEngine();
        Awaitility.await().atMost(SOON).until(() -> two.get("/health/ready", null).status() == 200);
        Awaitility.await().atMost(SOON).until(() -> one.get("/health/ready", null).status() == 200);

        assertThat(away.status()).isEqualTo(503);
        Answer again = two.post("/api/orders", trader, order);
        assertThat(again.body().get("id")).isEqualTo(placed.get("id"));
        assertThat(again.header("Outcry-Duplicate")).isEqualTo("true");
        assertThat(one.get("/api/orders", trader).body().get("orders")).hasSize(1);
    }
}
