package io.outcry.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;

/**
 * How fast a book is, in commands a second. On a machine that does other work the wall clock tells
 * more of that work than of the book; then the processor time is what can be compared.
 */
record Speed(
        double median, double best, @JsonProperty("median_of_cpu_time") double medianOfCpuTime) {

    /** Of several runs of the engine's bench: their lowest medians and their best pass. */
    static Speed ofReports(List<JsonNode> reports) {
        List<Speed> speeds =
                reports.stream()
                        .map(report -> report.get("commands_per_second"))
                        .map(json -> new ObjectMapper().convertValue(json, Speed.class))
                        .toList();
        return new Speed(
                speeds.stream().mapToDouble(Speed::median).min().orElseThrow(),
                speeds.stream().mapToDouble(Speed::best).max().orElseThrow(),
                speeds.stream().mapToDouble(Speed::medianOfCpuTime).min().orElseThrow());
    }

    /** Medians of the later half of the passes, when the code is compiled, and the best of all. */
    static Speed ofPasses(List<ExchangeCoreBench.Pass> passes) {
        List<ExchangeCoreBench.Pass> settled = passes.subList(passes.size() / 2, passes.size());
        return new Speed(
                median(
                        settled.stream()
                                .mapToDouble(ExchangeCoreBench.Pass::commandsPerSecond)
                                .toArray()),
                passes.stream()
                        .mapToDouble(ExchangeCoreBench.Pass::commandsPerSecond)
                        .max()
                        .orElseThrow(),
                median(
                        settled.stream()
                                .mapToDouble(ExchangeCoreBench.Pass::commandsPerCpuSecond)
                                .toArray()));
    }

    Speed dividedBy(Speed other) {
        return new Speed(
                median / other.median, best / other.best, medianOfCpuTime / other.medianOfCpuTime);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
