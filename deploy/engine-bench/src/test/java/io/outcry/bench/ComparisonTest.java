package io.outcry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final FlowOutcome OUTCOME = new FlowOutcome(1, 2, 3, 4, 5, 6, 7, 8);
    private static final FlowOutcome OTHER = new FlowOutcome(1, 2, 3, 4, 5, 6, 7, 9);

    @Test
    void comparesTheLowerMedianWithTheSettledReference() {
        List<JsonNode> reports = List.of(report(30e6, 32e6, 35e6), report(24e6, 36e6, 33e6));
        List<ExchangeCoreBench.Pass> passes =
                List.of(pass(1e6, 2e6), pass(7e6, 8e6), pass(5e6, 10e6), pass(6e6, 11e6));
        Comparison comparison = Comparison.of(reports, passes);
        assertThat(comparison.agree()).isTrue();
        assertThat(comparison.exchangeCore()).isEqualTo(new Speed(6e6, 7e6, 11e6));
        assertThat(comparison.outcry()).isEqualTo(new Speed(24e6, 36e6, 33e6));
        assertThat(comparison.ratio()).isEqualTo(new Speed(4, 36.0 / 7, 3));
        assertThat(comparison.json().get("ratio").get("median_of_cpu_time").asDouble())
                .isEqualTo(3);
    }

    @Test
    void seesThatOutcomesDiffer() {
        List<ExchangeCoreBench.Pass> passes =
                List.of(pass(1e6, 1e6), new ExchangeCoreBench.Pass(OTHER, 1e6, 1e6));
        Comparison comparison = Comparison.of(List.of(report(1, 1, 1)), passes);
        assertThat(comparison.agree()).isFalse();
        assertThat(comparison.table()).contains("DIFFERENT THINGS");
    }

    private static ExchangeCoreBench.Pass pass(double byWall, double byCpu) {
        return new ExchangeCoreBench.Pass(OUTCOME, byWall, byCpu);
    }

    private static JsonNode report(double median, double best, double medianOfCpuTime) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode report = mapper.createObjectNode();
        report.set("outcome", mapper.valueToTree(OUTCOME));
        report.set(
                "commands_per_second",
                mapper.valueToTree(new Speed(median, best, medianOfCpuTime)));
        return report;
    }
}
