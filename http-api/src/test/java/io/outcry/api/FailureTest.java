package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.FakeEngine.Mode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see when something behind the server is away, slow or behind. */
class FailureTest {
    private static final String NAMED_ORDER =
            """
            {"symbol":"AAPL","side":"BUY","order_type":"LIMIT","quantity":"3","price":"1",
             "client_order_id":"mine-1"}""";

    private static final List<String> READS =
            List.of(
                    "/api/orders",
                    "/api/orders/1",
                    "/api/orders/by-client-id/mine-1",
                    "/api/fills",
                    "/api/positions",
                    "/api/portfolio/summary",
                    "/api/account");

    @AutoClose private final TestVenue venue = TestVenue.started();
    private Trader trader;

    @BeforeEach
    void start() throws Exception {
        trader = venue.register();
    }

    @Test
    void anUnknownOutcomeIsCalledUnknownAndCanBeLookedUp() throws Exception {
        venue.engine.mode = Mode.UNKNOWN;
        venue.engine.executesUnknown = true;
        Answer lost = venue.post("/api/orders", trader, NAMED_ORDER);
        venue.engine.mode = Mode.NORMAL;

        assertThat(lost.status()).isEqualTo(504);
        assertThat(lost.code()).isEqualTo("ORDER_STATUS_UNKNOWN");
        assertThat(lost.body().get("client_order_id").asText()).isEqualTo("mine-1");
        Answer found = venue.get(lost.body().get("lookup").asText(), trader);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body().get("status").asText()).isEqualTo("NEW");
    }

    @Test
    void anEngineThatNeverAnswersIsUnknownToo() throws Exception {
        venue.engine.mode = Mode.NEVER;

        Answer placed = venue.post("/api/orders", trader, TestClient.order("BUY", "1", "1"));
        Answer canceled = venue.delete("/api/orders/1", trader);
        Answer deposited = venue.post("/api/account/deposits", trader, "{\"amount\":1}");

        assertThat(placed.code()).isEqualTo("ORDER_STATUS_UNKNOWN");
        assertThat(placed.body().get("lookup").asText()).isEqualTo("/api/orders");
        assertThat(canceled.code()).isEqualTo("ORDER_STATUS_UNKNOWN");
        assertThat(canceled.body().get("lookup").asText()).isEqualTo("/api/orders/1");
        assertThat(deposited.status()).isEqualTo(504);
        assertThat(deposited.code()).isEqualTo("OUTCOME_UNKNOWN");
        assertThat(deposited.body().get("reference").asText()).isNotEmpty();
    }

    @Test
    void aRefusedCommandSaysWhenToTryAgain() throws Exception {
        venue.engine.mode = Mode.REFUSE;

        for (Answer answer :
                List.of(
                        venue.post("/api/orders", trader, NAMED_ORDER),
                        venue.post("/api/orders/test", trader, NAMED_ORDER),
                        venue.delete("/api/orders/1", trader),
                        venue.delete("/api/orders", trader))) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("ENGINE_UNAVAILABLE");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"THROW", "FAIL"})
    void aDefectTellsItsRequestAndNothingOfItself(Mode mode) throws Exception {
        venue.post("/api/orders", trader, NAMED_ORDER);
        venue.engine.mode = mode;

        for (Answer answer :
                List.of(
                        venue.post("/api/orders", trader, NAMED_ORDER),
                        venue.post("/api/orders/test", trader, NAMED_ORDER),
                        venue.patch("/api/orders/1", trader, "{\"price\":\"2\"}"),
                        venue.delete("/api/orders", trader),
                        venue.get("/api/account", trader),
                        venue.get("/api/orders", trader))) {
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.code()).isEqualTo("INTERNAL");
            assertThat(answer.http().body())
                    .doesNotContain("Exception", "\tat ", FakeEngine.DEFECT);
            assertThat(answer.body().get("request_id").asText())
                    .isEqualTo(answer.header("X-Request-Id"));
        }
    }

    @Test
    void readsGoOnWithoutTheEngineAndSaySo() throws Exception {
        venue.post("/api/orders", trader, NAMED_ORDER);
        venue.engine.mode = Mode.REFUSE;
        venue.engine.connected = false;

        for (String path : READS) {
            Answer answer = venue.get(path, trader);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("Outcry-Projection-Sequence"))
                    .isEqualTo(Long.toString(venue.engine.sequence()));
            assertThat(answer.header("Warning")).startsWith("199 outcry");
        }
    }

    @Test
    void whatIsValuedAtPricesThatMayBeOldSaysSo() throws Exception {
        venue.post("/api/orders", trader, NAMED_ORDER);
        venue.stores.heldAt = venue.engine.sequence();
        List<String> valued =
                List.of("/api/positions", "/api/portfolio/summary", "/api/positions/summary");
        for (String path : valued) {
            assertThat(venue.get(path, trader).header("Warning")).as(path).isEmpty();
        }

        venue.post("/api/orders", venue.register(), NAMED_ORDER);
        for (String path : valued) {
            Answer answer = venue.get(path, trader);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("Warning")).as(path).startsWith("199 outcry \"prices");
            assertThat(answer.header("Outcry-Projection-Sequence")).as(path).isNotEmpty();
        }
        assertThat(venue.get("/api/orders", trader).header("Warning")).isEmpty();
    }

    @Test
    void readsThatABusyEngineIsNotAskedForAreRefused() throws Exception {
        venue.post("/api/orders", trader, NAMED_ORDER);
        venue.engine.mode = Mode.REFUSE;

        for (String path : READS) {
            Answer answer = venue.get(path, trader);
            assertThat(answer.status()).as(path).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("ENGINE_UNAVAILABLE");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void aSymbolIsNotCalledUnknownWhileTheEngineDoesNotTell() throws Exception {
        venue.engine.instrumentsAway = true;
        String order = TestClient.order("BUY", "1", "1").replace("AAPL", "NEWS");

        for (int i = 0; i < 2; i++) {
            assertThat(venue.post("/api/orders", trader, order).code())
                    .isEqualTo("ENGINE_UNAVAILABLE");
            assertThat(venue.get("/api/market/NEWS/book", null).code())
                    .isEqualTo("ENGINE_UNAVAILABLE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"symbol\":\"\",", "\"symbol\":null,", "\"symbol\":\"no way\",", ""})
    void whatIsNoSymbolIsRefusedWithoutAskingTheEngine(String symbol) throws Exception {
        venue.engine.instrumentsAway = true;
        String order = TestClient.order("BUY", "1", "1").replace("\"symbol\":\"AAPL\",", symbol);

        assertThat(venue.post("/api/orders", trader, order).status()).isIn(400, 422);
    }

    @Test
    void whatIsCanceledIsNotAnsweredAsIfItWereNot() throws Exception {
        venue.post("/api/orders", trader, NAMED_ORDER);
        venue.engine.orders.computeIfPresent(1L, (id, order) -> ofNews(order));
        venue.engine.instrumentsAway = true;

        Answer canceled = venue.delete("/api/orders/1", trader);

        assertThat(canceled.status()).isEqualTo(504);
        assertThat(canceled.code()).isEqualTo("ORDER_STATUS_UNKNOWN");
        assertThat(venue.engine.orders.get(1L).status()).isEqualTo(OrderStatus.CANCELED);
        assertThat(venue.get("/api/orders/1", trader).code()).isEqualTo("ENGINE_UNAVAILABLE");
    }

    /** Of an instrument that the replica has not heard of. */
    private static Order ofNews(Order order) {
        OrderTerms terms = order.terms();
        return new Order(
                order.id(),
                new OrderTerms(
                        terms.accountId(),
                        new Symbol("NEWS"),
                        terms.side(),
                        terms.type(),
                        terms.timeInForce(),
                        terms.quantity(),
                        terms.price(),
                        0,
                        0,
                        0,
                        0,
                        false,
                        terms.selfTradePrevention(),
                        terms.clientOrderId()),
                order.status(),
                null,
                0,
                0,
                0,
                order.createdAtNanos(),
                order.updatedAtNanos(),
                order.sequence());
    }

    @Test
    void aReadThatWouldNotShowOwnWritesIsNotAnswered() throws Exception {
        venue.stores.behind = true;

        for (String path : List.of("/api/orders", "/api/fills", "/api/positions")) {
            Answer answer = venue.get(path, trader);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("PROJECTION_BEHIND");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void ordersFlowWithoutTheDatabase() throws Exception {
        venue.stores.databaseAway = true;

        Answer placed = venue.post("/api/orders", trader, NAMED_ORDER);
        Answer byClientId = venue.get("/api/orders/by-client-id/mine-1", trader);
        Answer list = venue.get("/api/orders", trader);
        Answer account = venue.get("/api/account", trader);
        Answer canceled = venue.delete("/api/orders/" + placed.body().get("id").asText(), trader);

        assertThat(placed.status()).isEqualTo(201);
        assertThat(byClientId.status()).isEqualTo(200);
        assertThat(byClientId.body().get("id")).isEqualTo(placed.body().get("id"));
        assertThat(byClientId.body().has("fills")).isFalse();
        assertThat(list.status()).isEqualTo(503);
        assertThat(list.code()).isEqualTo("DATABASE_UNAVAILABLE");
        assertThat(account.status()).isEqualTo(200);
        assertThat(canceled.status()).isEqualTo(200);
    }

    @Test
    void anOrderIsFoundAtTheEngineWhileTheProjectionIsBehind() throws Exception {
        String id = venue.post("/api/orders", trader, NAMED_ORDER).body().get("id").asText();
        venue.stores.behind = true;

        assertThat(venue.get("/api/orders/" + id, trader).status()).isEqualTo(200);
        assertThat(venue.get("/api/orders/4711", trader).code()).isEqualTo("DATABASE_UNAVAILABLE");
    }

    @Test
    void anOrderThatDoesNotShowIsNotDeniedWithTheEngineAway() throws Exception {
        venue.engine.mode = Mode.REFUSE;
        venue.engine.connected = false;

        for (Answer answer :
                List.of(
                        venue.get("/api/orders/4711", trader),
                        venue.get("/api/orders/by-client-id/none", trader))) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("ENGINE_UNAVAILABLE");
        }
    }

    @Test
    void marketDataThatCannotBeReadSaysSo() throws Exception {
        venue.stores.cacheAway = true;

        Answer answer = venue.get("/api/market/AAPL/book", null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("MARKET_DATA_UNAVAILABLE");
        assertThat(venue.post("/api/orders", trader, NAMED_ORDER).status()).isEqualTo(201);
    }
}
