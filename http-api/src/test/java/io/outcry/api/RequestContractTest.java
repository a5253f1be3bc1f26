package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.Contract.Operation;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a request may have: each route knows the parameters and fields that the contract gives it,
 * and of all others that there are anywhere in the contract none. Fields come first: the routes
 * themselves end the order whose terms are to be replaced.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class RequestContractTest {
    private static final Contract CONTRACT = Contract.SERVED;
    private static final String NOWHERE = "no_such_name";

    @AutoClose private static TestVenue venue;
    private static Trader trader;
    private static Trader admin;

    @BeforeAll
    static void start() throws Exception {
        venue = TestVenue.started();
        trader = venue.register();
        admin = venue.registerAdmin();
        // That of the examples, which only its owner is told about.
        Answer placed = venue.post("/api/orders", trader, TestClient.order("BUY", "9", "1"));
        assertThat(placed.body().get("id").asText()).isEqualTo("1");
    }

    /** A batch has one field, whose orders are those of POST /api/orders. */
    static Stream<Operation> withBodies() {
        return CONTRACT.operations().stream()
                .filter(each -> each.node().has("requestBody"))
                .filter(each -> !each.path().endsWith("/batch"));
    }

    /** But for the end of the session, which the others need. */
    static Stream<Operation> all() {
        return CONTRACT.operations().stream().filter(each -> !each.path().endsWith("/logout"));
    }

    private static Set<String> fields(Operation operation) {
        JsonNode content = operation.node().at("/requestBody/content/application~1json");
        return names(CONTRACT.resolved(content.path("schema")).path("properties"));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> parameters(Operation operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.node().path("parameters")) {
            if (parameter.get("in").asText().equals("query")) {
                names.add(parameter.get("name").asText());
            }
        }
        return names;
    }

    /** Every name that the contract has for something in a request or an answer. */
    private static Set<String> everyName() {
        Set<String> names = new TreeSet<>(Set.of(NOWHERE));
        for (JsonNode schema : CONTRACT.document().at("/components/schemas")) {
            names.addAll(names(schema.path("properties")));
        }
        all().forEach(operation -> names.addAll(parameters(operation)));
        return names;
    }

    private static Answer send(Operation operation, String query, String body) throws Exception {
        String path = ExampleStory.target(operation).split("\\?", 2)[0] + query;
        if (operation.path().startsWith("/api/admin/")) {
            return venue.admin(operation.method(), path, admin, body);
        }
        HttpRequest.Builder request = venue.request(path, trader);
        return venue.send(
                request.header("Content-Type", "application/json")
                        .method(operation.method(), BodyPublishers.ofString(body))
                        .build());
    }

    private static boolean isRefused(Answer answer, String name, String reason) {
        for (JsonNode error : answer.body().path("errors")) {
            if (error.get("field").asText().equals(name)
                    && error.get("reason").asText().equals(reason)) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource("withBodies")
    void aRouteKnowsTheFieldsThatAreDocumented(Operation operation) throws Exception {
        Set<String> known = new TreeSet<>();
        for (String name : everyName()) {
            Answer answer = send(operation, "", "{\"" + name + "\":null}");
            if (!isRefused(answer, name, "is not a known field")) {
                known.add(name);
            }
        }
        assertThat(known).isEqualTo(fields(operation));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRouteKnowsTheParametersThatAreDocumented(Operation operation) throws Exception {
        Set<String> known = new TreeSet<>();
        for (String name : everyName()) {
            Answer answer = send(operation, "?" + name + "=1", "");
            if (!isRefused(answer, name, "is not a known parameter")) {
                known.add(name);
            }
        }
        // A route that has no parameters may heed none.
        Set<String> heeded = known.contains(NOWHERE) ? Set.of() : known;
        assertThat(heeded).isEqualTo(parameters(operation));
    }
}
