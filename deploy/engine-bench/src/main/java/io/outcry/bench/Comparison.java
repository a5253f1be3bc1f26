package io.outcry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The two books' figures side by side. exchange-core's median is that of the later half of its
 * passes, when its code is compiled; the engine's, measured before and after it, is the lower of
 * the two.
 */
record Comparison(
        FlowOutcome outcome,
        boolean agree,
        double median,
        double best,
        double referenceMedian,
        double referenceBest,
        JsonNode report) {

    static Comparison of(List<JsonNode> runs, List<ExchangeCoreBench.Pass> passes) {
        FlowOutcome outcome =
                new ObjectMapper().convertValue(runs.get(0).get("outcome"), FlowOutcome.class);
        boolean agree = passes.stream().allMatch(pass -> pass.outcome().equals(outcome));
        double[] speeds =
                passes.stream().mapToDouble(ExchangeCoreBench.Pass::commandsPerSecond).toArray();
        double[] settled = Arrays.copyOfRange(speeds, speeds.length / 2, speeds.length);
        Arrays.sort(settled);
        return new Comparison(
                outcome,
                agree,
                runs.stream().mapToDouble(run -> speed(run, "median")).min().orElseThrow(),
                runs.stream().mapToDouble(run -> speed(run, "best")).max().orElseThrow(),
                settled[settled.length / 2],
                Arrays.stream(speeds).max().orElseThrow(),
                runs.get(0));
    }

    double medianRatio() {
        return median / referenceMedian;
    }

    double bestRatio() {
        return best / referenceBest;
    }

    String table() {
        return String.format(
                Locale.ROOT,
                """
                The common flow, book alone         median    best   million commands/s
                  outcry                            %6.1f  %6.1f
                  exchange-core 0.5.3, direct book  %6.1f  %6.1f
                  ratio                             %6.1f  %6.1f
                Both: %s%n""",
                median / 1e6,
                best / 1e6,
                referenceMedian / 1e6,
                referenceBest / 1e6,
                medianRatio(),
                bestRatio(),
                agree ? outcome : "THE OUTCOMES DIFFER");
    }

    JsonNode json() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("benchmark", "book-against-exchange-core");
        json.put("agree", agree);
        json.putObject("outcry").put("median", median).put("best", best);
        json.putObject("exchange_core").put("median", referenceMedian).put("best", referenceBest);
        json.putObject("ratio").put("median", medianRatio()).put("best", bestRatio());
        json.put("java", Runtime.version().toString());
        json.set("report", report);
        return json;
    }

    private static double speed(JsonNode run, String name) {
        return run.get("commands_per_second").get(name).asDouble();
    }
}
