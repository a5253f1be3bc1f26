package io.outcry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** The two books' figures side by side. */
record Comparison(
        FlowOutcome outcome,
        boolean agree,
        Speed outcry,
        Speed exchangeCore,
        JsonNode environment) {

    /** Of the engine's reports, of which there is at least one, and of exchange-core's passes. */
    static Comparison of(List<JsonNode> reports, List<ExchangeCoreBench.Pass> passes) {
        List<FlowOutcome> outcomes =
                reports.stream()
                        .map(
                                report ->
                                        new ObjectMapper()
                                                .convertValue(
                                                        report.get("outcome"), FlowOutcome.class))
                        .toList();
        FlowOutcome outcome = outcomes.get(0);
        boolean agree =
                outcomes.stream().allMatch(outcome::equals)
                        && passes.stream().allMatch(pass -> pass.outcome().equals(outcome));
        return new Comparison(
                outcome,
                agree,
                Speed.ofReports(reports),
                Speed.ofPasses(passes),
                reports.get(0).path("environment"));
    }

    Speed ratio() {
        return outcry.dividedBy(exchangeCore);
    }

    String table() {
        return String.format(
                        Locale.ROOT,
                        "%-36s%8s%8s%22s%n",
                        "Million commands/s, book alone",
                        "median",
                        "best",
                        "by processor time")
                + row("outcry", outcry, 1e6)
                + row("exchange-core 0.5.3, direct book", exchangeCore, 1e6)
                + row("ratio", ratio(), 1)
                + "Both did: "
                + (agree ? outcome : "DIFFERENT THINGS")
                + System.lineSeparator();
    }

    JsonNode json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("benchmark", "book-against-exchange-core");
        json.put("agree", agree);
        json.set("outcome", mapper.valueToTree(outcome));
        json.set("outcry", mapper.valueToTree(outcry));
        json.set("exchange_core", mapper.valueToTree(exchangeCore));
        json.set("ratio", mapper.valueToTree(ratio()));
        json.put("java", Runtime.version().toString());
        json.set("environment", environment);
        return json;
    }

    private static String row(String name, Speed speed, double unit) {
        return String.format(
                Locale.ROOT,
                "  %-34s%8.1f%8.1f%22.1f%n",
                name,
                speed.median() / unit,
                speed.best() / unit,
                speed.medianOfCpuTime() / unit);
    }
}
