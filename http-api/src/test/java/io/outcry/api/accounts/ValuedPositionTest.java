package io.outcry.api.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import io.outcry.domain.store.CostedPosition;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values of which each fits 64 bits and what is made of them does not. */
class ValuedPositionTest {
    private static final Currency USD = new Currency("USD");
    private static final BigInteger COST = BigInteger.TEN.pow(19);

    private final Instrument instrument =
            new Instrument(
                    new Symbol("DEAR"),
                    USD,
                    new Scale(2),
                    new Scale(0),
                    new Scale(2),
                    1,
                    1,
                    1_000,
                    0,
                    0,
                    0,
                    0,
                    0,
                    InstrumentStatus.OPEN,
                    0);

    @Test
    void aPositionIsValuedPast64Bits() throws IOException {
        JsonNode json = written(generator -> position().write(generator));

        assertThat(json.get("market_value").asText()).isEqualTo("400000000000000000");
        assertThat(json.get("cost_basis").asText()).isEqualTo("100000000000000000");
        assertThat(json.get("average_price").asText()).isEqualTo("10000000");
        assertThat(json.get("unrealized_pnl").asText()).isEqualTo("300000000000000000");
        assertThat(json.get("realized_pnl").asText()).isEqualTo("-100000000000000000");
    }

    @Test
    void aPortfolioIsAddedUpPast64Bits() throws IOException {
        JsonNode json =
                written(
                        generator ->
                                Portfolio.write(
                                        generator,
                                        USD,
                                        new Scale(2),
                                        Long.MAX_VALUE,
                                        List.of(position(), position())));

        assertThat(json.get("total_unrealized_pnl").asText()).isEqualTo("600000000000000000");
        assertThat(json.get("total_realized_pnl").asText()).isEqualTo("-200000000000000000");
        assertThat(json.get("equity").asText()).isEqualTo("892233720368547758.07");
    }

    private ValuedPosition position() {
        return ValuedPosition.of(
                new CostedPosition(
                        instrument.symbol(),
                        USD,
                        10_000_000_000L,
                        COST,
                        COST.negate(),
                        4_000_000_000L),
                instrument);
    }

    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static JsonNode written(Writing writing) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            writing.to(json);
        }
        return new ObjectMapper().readTree(text.toString());
    }
}
