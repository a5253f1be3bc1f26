package io.outcry.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One load run, as its file tells.
 *
 * @param setting what it was run on
 * @param failed registrations that failed, and orders that were refused or ended in an error
 * @param seconds for which was measured
 * @param warmUpSeconds for which the venue was under load before
 * @param cpuSeconds processor time of each component during the run
 * @param replicaCores what each replica used of a core, on average; empty when not measured
 * @param machine how many cores it has, and which
 */
record Run(
        Setting setting,
        int replicas,
        double ordersPerSecond,
        double p50Millis,
        double p99Millis,
        long failed,
        double seconds,
        int warmUpSeconds,
        SortedMap<String, Double> cpuSeconds,
        List<Double> replicaCores,
        String machine,
        String startedAt,
        String commit) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Where replicas ran.
     *
     * @param environment local, compose or cluster
     * @param cap a replica's share of a core; "none"
     */
    record Setting(String environment, String cap) implements Comparable<Setting> {
        boolean capped() {
            return !cap.equals("none");
        }

        String title() {
            return environment + (capped() ? ", each replica " + cap + " of a core" : ", uncapped");
        }

        @Override
        public int compareTo(Setting other) {
            int byEnvironment = environment.compareTo(other.environment);
            return byEnvironment != 0 ? byEnvironment : other.cap.compareTo(cap);
        }
    }

    /** Of the machine. */
    int cores() {
        return Integer.parseInt(machine.substring(0, machine.indexOf(' ')));
    }

    static Run read(Path file) throws IOException {
        JsonNode json = JSON.readTree(Files.readString(file));
        JsonNode environment = json.at("/environment");
        JsonNode labels = environment.at("/labels");
        JsonNode orders = json.at("/orders");
        SortedMap<String, Double> cpu = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : json.at("/cpu_seconds").properties()) {
            cpu.put(entry.getKey(), entry.getValue().asDouble());
        }
        List<Double> replicas = new ArrayList<>();
        json.at("/replica_cores").forEach(cores -> replicas.add(cores.asDouble()));
        return new Run(
                new Setting(labels.at("/environment").asText(), labels.at("/cap").asText()),
                Integer.parseInt(labels.at("/replicas").asText()),
                json.at("/orders_per_second").asDouble(),
                orders.at("/latency_ms/p50").asDouble(),
                orders.at("/latency_ms/p99").asDouble(),
                json.at("/registrations/failed").asLong()
                        + orders.at("/refused").asLong()
                        + orders.at("/errors").asLong()
                        + json.at("/warmup/refused").asLong()
                        + json.at("/warmup/errors").asLong(),
                json.at("/elapsed_seconds").asDouble(),
                labels.at("/warmup").asInt(json.at("/settings/warmup_seconds").asInt()),
                cpu,
                replicas,
                environment.at("/cores").asText() + " cores " + environment.at("/cpu").asText(),
                json.at("/started_at").asText(),
                environment.at("/commit").asText());
    }
}
