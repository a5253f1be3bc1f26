package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstrumentTableTest {
    private final FakeEngine engine = new FakeEngine();
    private final InstrumentTable table =
            new InstrumentTable(
                    engine, new Outcomes(Duration.ofSeconds(5), new SimpleMeterRegistry()));

    private static Instrument instrument(String symbol, String currency, int cashPlaces) {
        return new Instrument(
                new Symbol(symbol),
                new Currency(currency),
                new Scale(2),
                new Scale(0),
                new Scale(cashPlaces),
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
    }

    @Test
    void nobodyIsToldByAnAskingFromBeforeAnInstrumentWasDefined() throws Exception {
        table.fetch(List.of("NEW")).get(10, TimeUnit.SECONDS);
        assertThat(table.atHand("NEW")).isNull();
        assertThat(engine.defineInstrument(instrument("NEW", "USD", 6)).join()).isNotNull();

        List<CompletableFuture<Instrument>> found =
                Stream.generate(
                                () ->
                                        table.fetch(List.of("NEW"))
                                                .thenApply(asked -> table.atHand("NEW")))
                        .limit(10)
                        .toList();

        for (CompletableFuture<Instrument> each : found) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void aCurrencyThatIsNotAtHandIsAskedFor() {
        assertThat(engine.defineInstrument(instrument("DEAR", "EUR", 4)).join()).isNotNull();
        assertThat(table.cashScale(new Currency("EUR"))).isNull();

        assertThat(table.of(new Currency("EUR"))).isEqualTo(new Scale(4));
    }
}
