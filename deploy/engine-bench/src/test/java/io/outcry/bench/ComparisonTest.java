package io.outcry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final FlowOutcome OUTCOME = new FlowOutcome(1, 2, 3, 4, 5, 6, 7, 8);
    private static final FlowOutcome OTHER = new FlowOutcome(1, 2, 3, 4, 5, 6, 7, 9);

    @Test
    void comparesTheLowerMedianWithTheSettledReference() {
        List<ExchangeCoreBench.Pass> passes = List.of(pass(1e6), pass(4e6), pass(5e6), pass(6e6));
        Comparison comparison = Comparison.of(List.of(run(30e6, 32e6), run(24e6, 36e6)), passes);
        assertThat(comparison.agree()).isTrue();
        assertThat(comparison.medianRatio()).isEqualTo(4.0);
        assertThat(comparison.bestRatio()).isEqualTo(6.0);
        assertThat(comparison.json().get("ratio").get("median").asDouble()).isEqualTo(4.0);
    }

    @Test
    void seesThatOutcomesDiffer() {
        List<ExchangeCoreBench.Pass> passes =
                List.of(pass(1e6), new ExchangeCoreBench.Pass(OTHER, 1e6));
        Comparison comparison = Comparison.of(List.of(run(1, 1), run(1, 1)), passes);
        assertThat(comparison.agree()).isFalse();
        assertThat(comparison.table()).contains("THE OUTCOMES DIFFER");
    }

    private static ExchangeCoreBench.Pass pass(double speed) {
        return new ExchangeCoreBench.Pass(OUTCOME, speed);
    }

    private static JsonNode run(double median, double best) {
        ObjectMapper mapper = new ObjectMapper();
        return mapper.createObjectNode()
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "outcome", mapper.valueToTree(OUTCOME))
                .set(
                        "commands_per_second",
                        mapper.createObjectNode().put("median", median).put("best", best));
    }
}
