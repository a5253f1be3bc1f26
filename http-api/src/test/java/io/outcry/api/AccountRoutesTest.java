package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AccountRoutesTest {
    @AutoClose private static final TestVenue venue = TestVenue.started();

    private static Trader traderWithTenShares() throws Exception {
        Trader seller = venue.register();
        Trader buyer = venue.register();
        venue.post("/api/orders", seller, TestClient.order("SELL", "10", "150"));
        venue.post("/api/orders", buyer, TestClient.order("BUY", "10", "150"));
        return buyer;
    }

    @Test
    void anAccountShowsCashAndPositions() throws Exception {
        Trader trader = traderWithTenShares();

        JsonNode account = venue.get("/api/account", trader).body();

        assertThat(account.get("balances").get(0).get("currency").asText()).isEqualTo("USD");
        assertThat(account.get("balances").get(0).get("cash").asText()).isEqualTo("998500");
        assertThat(account.get("balances").get(0).get("available").asText()).isEqualTo("998500");
        assertThat(account.get("positions").get(0).get("symbol").asText()).isEqualTo("AAPL");
        assertThat(account.get("positions").get(0).get("quantity").asText()).isEqualTo("10");
        assertThat(account.get("suspended").asBoolean()).isFalse();
    }

    @Test
    void positionsShowWhatTheyCostAndAreWorth() throws Exception {
        Trader trader = traderWithTenShares();

        JsonNode position = venue.get("/api/positions", trader).body().get("positions").get(0);

        assertThat(position.get("symbol").asText()).isEqualTo("AAPL");
        assertThat(position.get("quantity").asText()).isEqualTo("10");
        assertThat(position.get("average_price").asText()).isEqualTo("150");
        assertThat(position.get("last_price").asText()).isEqualTo("151");
        assertThat(position.get("cost_basis").asText()).isEqualTo("1500");
        assertThat(position.get("market_value").asText()).isEqualTo("1510");
        assertThat(position.get("unrealized_pnl").asText()).isEqualTo("10");
        assertThat(position.get("realized_pnl").asText()).isEqualTo("0");
    }

    @Test
    void theSummaryAddsUp() throws Exception {
        Trader trader = traderWithTenShares();

        for (String path : List.of("/api/portfolio/summary", "/api/positions/summary")) {
            JsonNode summary = venue.get(path, trader).body();
            assertThat(summary.get("total_positions").asInt()).isEqualTo(1);
            assertThat(summary.get("total_realized_pnl").asText()).isEqualTo("0");
            assertThat(summary.get("total_unrealized_pnl").asText()).isEqualTo("10");
            assertThat(summary.get("cash").asText()).isEqualTo("998500");
            assertThat(summary.get("equity").asText()).isEqualTo("1000010");
        }
    }

    @Test
    void aDepositAddsPlayMoney() throws Exception {
        Trader trader = venue.register();

        Answer answer =
                venue.post(
                        "/api/account/deposits",
                        trader,
                        "{\"amount\":\"12.345678\",\"reference\":\"gift-1\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().get("reference").asText()).isEqualTo("gift-1");
        assertThat(answer.body().get("amount").asText()).isEqualTo("12.345678");
        assertThat(
                        venue.get("/api/account", trader)
                                .body()
                                .get("balances")
                                .get(0)
                                .get("cash")
                                .asText())
                .isEqualTo("1000012.345678");
    }

    @Test
    void aDepositOfNothingOrLessIsRefused() throws Exception {
        Trader trader = venue.register();

        for (String amount : List.of("0", "-1", "\"0.0000001\"", "1" + "0".repeat(30))) {
            Answer answer =
                    venue.post("/api/account/deposits", trader, "{\"amount\":" + amount + "}");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().get("errors").get(0).get("field").asText())
                    .isEqualTo("amount");
        }
        for (String body :
                List.of(
                        "{}",
                        "{\"amount\":\"x\"}",
                        "{\"amount\":1,\"currency\":\"EUR\"}",
                        "{\"amount\":1,\"currency\":\"e u r\"}",
                        "{\"amount\":1,\"reference\":\"a b\"}")) {
            assertThat(venue.post("/api/account/deposits", trader, body).status()).isEqualTo(400);
        }
    }

    @Test
    void aProductionVenueGivesNothingAway() throws Exception {
        try (TestVenue production =
                new TestVenue(
                        Map.of("OUTCRY_PROFILE", "production", "OUTCRY_DRAIN_DELAY_MS", "0"),
                        List.of())) {
            production.start();
            Trader trader = production.register();

            assertThat(
                            production
                                    .get("/api/account", trader)
                                    .body()
                                    .get("balances")
                                    .get(0)
                                    .get("cash")
                                    .asText())
                    .isEqualTo("0");
            assertThat(production.post("/api/account/deposits", trader, "{\"amount\":1}").status())
                    .isEqualTo(404);
        }
    }
}
