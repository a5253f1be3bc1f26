package io.outcry.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * openapi.json, and whether answers are as it says: documented status, headers, type, schema and
 * code. What it does not document, an answer or an object must not have. Safe for many threads.
 */
final class Contract {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<Integer> OF_HTTP_ITSELF = Set.of(405, 408, 413, 414, 415, 431, 500);

    static final Contract SERVED = new Contract();

    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final GivenAnswers given = new GivenAnswers();
    private final JsonNode document;
    private final JsonNode closed;

    /** One path with one method. */
    record Operation(String method, String path, JsonNode node) {
        String name() {
            return method + " " + path;
        }

        private boolean matches(String askedMethod, String askedPath) {
            String[] names = path.split("/", -1);
            String[] parts = askedPath.split("/", -1);
            if (!method.equals(askedMethod) || names.length != parts.length) {
                return false;
            }
            for (int i = 0; i < names.length; i++) {
                if (!names[i].startsWith("{") && !names[i].equals(parts[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    private Contract() {
        try (InputStream stream = Contract.class.getResourceAsStream("/openapi.json")) {
            document =
                    JSON.reader()
                            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                            .readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closed = document.get("components").deepCopy();
        for (JsonNode schema : closed.get("schemas")) {
            if (schema.has("properties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
    }

    /** What was checked so far. */
    GivenAnswers given() {
        return given;
    }

    JsonNode document() {
        return document;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                operations.add(
                        new Operation(
                                method.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                method.getValue()));
            }
        }
        return operations;
    }

    /** The node, or what it refers to. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** What the value has that the schema forbids, one a line; empty when it is as it should be. */
    String faults(String name, JsonNode schema, JsonNode value) {
        Schema compiled =
                schemas.computeIfAbsent(
                        name,
                        key -> {
                            ObjectNode root = schema.deepCopy();
                            root.set("components", closed);
                            return registry.getSchema(root);
                        });
        return String.join("\n", compiled.validate(value).stream().map(Object::toString).toList());
    }

    /** Throws unless the answer is one that the contract knows of, which then was given. */
    void check(String method, String path, HttpResponse<String> answer) throws IOException {
        check(method, path, answer.statusCode(), answer.headers(), answer.body());
    }

    /** The same, of an answer in its parts. */
    void check(String method, String path, int status, HttpHeaders headers, String body)
            throws IOException {
        Operation operation = operation(method, path);
        String what = (operation == null ? method + " " + path : operation.name()) + " " + status;
        JsonNode response =
                operation != null
                        ? response(operation, status)
                        : status >= 400 ? problem(JSON.readTree(body).path("code")) : null;
        require(response != null, what + " is not documented: " + body);
        String faults = String.join("\n", new DeclaredHeaders(this, response).faults(headers));
        require(faults.isEmpty(), what + ": " + faults);
        checkBody(what, response, headers, body);
        given.add(operation, status, status >= 400 ? body : "");
    }

    /** What the operation is documented to answer with that status; null: nothing. */
    JsonNode response(Operation operation, int status) {
        JsonNode responses = operation.node().get("responses");
        JsonNode response = responses.get(Integer.toString(status));
        if (response == null && OF_HTTP_ITSELF.contains(status)) {
            response = responses.get("default");
        }
        return response == null ? null : resolved(response);
    }

    /** The answer that has the code, whichever operation has it; null: none. */
    JsonNode problem(JsonNode code) {
        for (JsonNode response : document.get("components").get("responses")) {
            for (JsonNode each : response.findValue("enum")) {
                if (each.equals(code)) {
                    return response;
                }
            }
        }
        return null;
    }

    private void checkBody(String what, JsonNode response, HttpHeaders headers, String body)
            throws IOException {
        if (!response.has("content")) {
            require(body.isEmpty(), what + " has a body: " + body);
            return;
        }
        String type = headers.firstValue("Content-Type").orElse("").split(";", -1)[0];
        JsonNode content = response.get("content").get(type);
        require(content != null, what + " is of type " + type);
        if (type.endsWith("json")) {
            JsonNode schema = content.get("schema");
            String name = schema + type;
            String faults = faults(name, schema, JSON.readTree(body));
            require(faults.isEmpty(), what + ": " + faults + "\n" + body);
        }
    }

    private Operation operation(String method, String path) {
        return operations().stream()
                .filter(each -> each.matches(method, path))
                .min(
                        java.util.Comparator.comparingLong(
                                each ->
                                        Arrays.stream(each.path().split("/", -1))
                                                .filter(part -> part.startsWith("{"))
                                                .count()))
                .orElse(null);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
