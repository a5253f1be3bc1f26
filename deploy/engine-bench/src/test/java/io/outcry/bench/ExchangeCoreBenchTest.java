package io.outcry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import exchange.core2.core.common.cmd.OrderCommand;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExchangeCoreBenchTest {

    private static final List<OrderCommand> FLOW =
            Stream.of(
                            "N 1 7 S 101 10 G",
                            "N 2 8 S 102 10 G",
                            "N 3 9 B 99 10 G",
                            "N 4 9 B 101 4 I",
                            "M 3 9 102",
                            "N 5 7 B 98 1 G",
                            "N 6 7 B 97 2 G",
                            "C 5 7")
                    .map(FlowFile::parse)
                    .toList();

    @Test
    void countsTradesAndWhatRestsAtTheEnd() {
        FlowOutcome expected = new FlowOutcome(3, 14, 1, 2, 1, 6, 97, 102);
        assertThat(new ExchangeCoreBench(FLOW).run(2))
                .extracting(ExchangeCoreBench.Pass::outcome)
                .containsExactly(expected, expected);
    }
}
