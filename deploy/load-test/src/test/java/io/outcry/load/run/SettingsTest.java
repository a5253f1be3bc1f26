package io.outcry.load.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.load.flow.Mix;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final URI TARGET = URI.create("http://127.0.0.1:8080");

    @Test
    void tradesAaplUnlessTheMixOrTheUserSaysOtherwise() {
        assertThat(ShortRun.settings(TARGET, run -> {}).symbols()).containsExactly("AAPL");
        assertThat(ShortRun.settings(TARGET, run -> run.mix = Mix.MIXED).symbols()).isEmpty();
    }

    @Test
    void knowsThePortThatATargetDoesNotName() {
        assertThat(ShortRun.settings(URI.create("http://venue.example"), run -> {}).port())
                .isEqualTo(80);
        assertThat(ShortRun.settings(TARGET, run -> {}).port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://venue.example", "venue.example:8080", "http:///", "http://v/api"})
    void refusesTargetsThatItCannotReach(String target) {
        assertThatThrownBy(() -> ShortRun.settings(URI.create(target), run -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target");
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatMakesNoRun(String named, Consumer<ShortRun> change) {
        assertThatThrownBy(() -> ShortRun.settings(TARGET, change))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    static Stream<Arguments> refusesWhatMakesNoRun() {
        return Stream.of(
                refused("clients", run -> run.clients = 0),
                refused("clients", run -> run.clients = 2_001),
                refused("duration", run -> run.duration = Duration.ZERO),
                refused("warmup", run -> run.warmup = Duration.ofSeconds(-1)),
                refused("rate", run -> run.rate = -1),
                refused("timeout", run -> run.timeout = Duration.ZERO));
    }

    private static Arguments refused(String named, Consumer<ShortRun> change) {
        return Arguments.of(named, change);
    }
}
