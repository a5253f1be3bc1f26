package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketRoutesTest {
    @AutoClose private static final TestVenue venue = TestVenue.started();

    @Test
    void theDefaultInstrumentsAreListed() throws Exception {
        JsonNode instruments = venue.get("/api/instruments", null).body().get("instruments");

        assertThat(instruments.findValuesAsText("symbol"))
                .contains("AAPL", "MSFT", "GOOGL", "AMZN", "TSLA", "BTC-USD");
        JsonNode apple = instruments.get(0);
        assertThat(apple.get("tick").asText()).isEqualTo("0.01");
        assertThat(apple.get("lot").asText()).isEqualTo("1");
        assertThat(apple.get("reference_price").asText()).isEqualTo("150");
        assertThat(apple.get("last_price").isNull()).isTrue();
        assertThat(apple.get("status").asText()).isEqualTo("OPEN");
    }

    @Test
    void aBookIsAsDeepAsAskedFor() throws Exception {
        JsonNode whole = venue.get("/api/market/AAPL/book", null).body();
        JsonNode top = venue.get("/api/market/AAPL/book?depth=1", null).body();

        assertThat(whole.get("bids").findValuesAsText("price")).containsExactly("149.99", "149.98");
        assertThat(whole.get("sequence").asLong()).isEqualTo(7);
        assertThat(top.get("bids")).hasSize(1);
        assertThat(top.get("asks").get(0).get("quantity").asText()).isEqualTo("7");
    }

    @Test
    void aBookThatIsNotPublishedIsNotMadeUp() throws Exception {
        Answer answer = venue.get("/api/market/TSLA/book", null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("MARKET_DATA_UNAVAILABLE");
    }

    @Test
    void tradesAreTold() throws Exception {
        JsonNode trade = venue.get("/api/market/AAPL/trades", null).body().get("trades").get(0);

        assertThat(trade.get("price").asText()).isEqualTo("150");
        assertThat(trade.get("taker_side").asText()).isEqualTo("BUY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"book", "trades", "ticker", "candles"})
    void nothingIsToldOfAnInstrumentThatThereIsNot(String what) throws Exception {
        Answer answer = venue.get("/api/market/NOPE/" + what, null);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void anInstrumentDefinedLaterIsTradedSoon() throws Exception {
        var trader = venue.register();
        Scale places = new Scale(2);
        venue.engine
                .defineInstrument(
                        new Instrument(
                                new Symbol("NEW"),
                                new Currency("USD"),
                                places,
                                new Scale(0),
                                new Scale(6),
                                1,
                                1,
                                1000,
                                0,
                                100,
                                0,
                                0,
                                0,
                                InstrumentStatus.OPEN,
                                0))
                .get();

        Awaitility.await()
                .until(
                        () ->
                                venue.post(
                                                        "/api/orders",
                                                        trader,
                                                        TestClient.order("BUY", "1", "1")
                                                                .replace("AAPL", "NEW"))
                                                .status()
                                        == 201);
    }
}
