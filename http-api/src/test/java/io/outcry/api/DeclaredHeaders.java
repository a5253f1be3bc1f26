package io.outcry.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether an answer has the headers that the contract declares for it, and no others: each as its
 * schema says, and all that are required. Immutable.
 */
final class DeclaredHeaders {
    /**
     * What every answer has, with these values where none is declared; the contract's info says.
     */
    static final Map<String, String> OF_EVERY_ANSWER =
            Map.of(
                    "X-Content-Type-Options",
                    "nosniff",
                    "Cache-Control",
                    "no-store",
                    "Referrer-Policy",
                    "no-referrer",
                    "Content-Security-Policy",
                    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
                    "Strict-Transport-Security",
                    "max-age=31536000; includeSubDomains");

    /** What any answer may have, since HTTP wants it so; the contract's info says. */
    static final Set<String> OF_HTTP =
            Set.of(
                    "Date",
                    "Content-Type",
                    "Content-Length",
                    "Content-Encoding",
                    "Transfer-Encoding",
                    "Connection",
                    "Vary",
                    "Access-Control-Allow-Origin",
                    "Access-Control-Expose-Headers");

    private final Contract contract;
    private final Map<String, JsonNode> declared = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    DeclaredHeaders(Contract contract, JsonNode response) {
        this.contract = contract;
        for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
            declared.put(header.getKey(), contract.resolved(header.getValue()));
        }
    }

    Set<String> names() {
        return declared.keySet();
    }

    /** What is wrong with those that were sent; empty when they are as they should be. */
    List<String> faults(HttpHeaders sent) {
        List<String> faults = new ArrayList<>();
        declared.forEach((name, header) -> addFault(faults, name, header, sent.allValues(name)));
        OF_EVERY_ANSWER.forEach(
                (name, value) -> {
                    if (!declared.containsKey(name)
                            && !sent.allValues(name).equals(List.of(value))) {
                        faults.add(name + " is " + sent.allValues(name) + " and not " + value);
                    }
                });
        Set<String> unknown = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        unknown.addAll(sent.map().keySet());
        unknown.removeAll(declared.keySet());
        unknown.removeIf(name -> isOneOf(OF_EVERY_ANSWER.keySet(), name) || isOneOf(OF_HTTP, name));
        unknown.forEach(name -> faults.add(name + " is not declared"));
        return faults;
    }

    private static boolean isOneOf(Set<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    private void addFault(List<String> faults, String name, JsonNode header, List<String> values) {
        if (values.size() > 1) {
            faults.add(name + " is there more than once: " + values);
        } else if (values.isEmpty()) {
            if (header.path("required").asBoolean()) {
                faults.add(name + " is required, and not there");
            }
        } else {
            JsonNode schema = header.get("schema");
            String fault = contract.faults(schema.toString(), schema, value(schema, values.get(0)));
            if (!fault.isEmpty()) {
                faults.add(name + ": " + values.get(0) + ": " + fault);
            }
        }
    }

    /** As JSON has it: in a header, numbers and booleans are bare as there. */
    private static JsonNode value(JsonNode schema, String text) {
        if (schema.path("type").asText().equals("string")) {
            return TextNode.valueOf(text);
        }
        if (text.matches("0|[1-9][0-9]{0,17}")) {
            return LongNode.valueOf(Long.parseLong(text));
        }
        return text.equals("true") ? BooleanNode.TRUE : TextNode.valueOf(text);
    }
}
