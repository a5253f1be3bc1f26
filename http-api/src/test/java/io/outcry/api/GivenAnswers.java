package io.outcry.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.Contract.Operation;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Which answers the tests of this process were given. Safe for many threads. */
final class GivenAnswers {
    private static final String DEFAULT = "default";

    private final Set<String> answers = ConcurrentHashMap.newKeySet();
    private final Set<String> codes = ConcurrentHashMap.newKeySet();

    /**
     * Notes one.
     *
     * @param operation null: none
     * @param problem the body of an error; empty: it was none
     */
    void add(Operation operation, int status, String problem) throws IOException {
        if (operation != null) {
            answers.add(name(operation, Integer.toString(status)));
        }
        if (!problem.isEmpty()) {
            addCode(TestClient.JSON.readTree(problem).path("code").asText());
        }
    }

    /** Notes the code of an error, whatever brought it. */
    void addCode(String code) {
        codes.add(code);
    }

    Set<String> codes() {
        return Set.copyOf(codes);
    }

    /** What is documented with a status of its own and was not given, one for each operation. */
    Set<String> missing(Contract contract) {
        Set<String> missing = new TreeSet<>();
        for (Operation operation : contract.operations()) {
            for (Map.Entry<String, JsonNode> response :
                    operation.node().get("responses").properties()) {
                String name = name(operation, response.getKey());
                if (!response.getKey().equals(DEFAULT) && !answers.contains(name)) {
                    missing.add(name);
                }
            }
        }
        return missing;
    }

    private static String name(Operation operation, String status) {
        return operation.name() + " " + status;
    }
}
