package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.Contract.Operation;
import io.outcry.api.FakeEngine.Mode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The headers of the contract. That every answer has those that are declared for it and no others
 * is checked by {@link TestClient} for all tests.
 */
class HeaderContractTest {
    private static final Contract CONTRACT = Contract.SERVED;

    private static final Set<String> OF_LIMITS =
            Set.of("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");
    private static final Set<String> OF_WHAT_MAY_BE_OLD =
            Set.of("Outcry-Projection-Sequence", "Warning");

    /** Limits that the examples do not come to. */
    private static Map<String, String> limits() {
        Map<String, String> limits = new HashMap<>();
        for (String kind :
                List.of("ORDERS", "CANCELS", "READS", "REGISTRATIONS", "SIGN_INS", "PUBLIC")) {
            limits.put("OUTCRY_LIMIT_" + kind, "1000/s:1000");
        }
        return limits;
    }

    private static Set<String> declared(Operation operation, int status) {
        return new DeclaredHeaders(CONTRACT, CONTRACT.response(operation, status)).names();
    }

    private static Set<String> sent(Answer answer) {
        return answer.http().headers().map().keySet();
    }

    private static Set<String> among(Set<String> some, Set<String> others) {
        return some.stream()
                .filter(name -> others.stream().anyMatch(name::equalsIgnoreCase))
                .collect(Collectors.toSet());
    }

    @Test
    void everyRouteThatIsLimitedDeclaresThatItTellsOfItAndDoes() throws Exception {
        try (TestVenue venue = new TestVenue(limits(), List.of())) {
            venue.start();
            ExampleStory.told(venue)
                    .forEach(
                            (operation, answer) -> {
                                Set<String> expected = isLimited(operation) ? OF_LIMITS : Set.of();
                                assertThat(among(OF_LIMITS, sent(answer)))
                                        .as(operation.name())
                                        .isEqualTo(expected);
                                assertThat(among(OF_LIMITS, declared(operation, answer.status())))
                                        .as(operation.name())
                                        .isEqualTo(expected);
                            });
        }
    }

    private static boolean isLimited(Operation operation) {
        return operation.path().startsWith("/api/") && !operation.path().startsWith("/api/admin/");
    }

    @Test
    void everyReadThatDeclaresThatItMayBeOldSaysSoWithoutTheEngine() throws Exception {
        try (TestVenue venue = TestVenue.started()) {
            Trader trader = venue.register();
            String named = "\"client_order_id\":\"story-1\",\"symbol\"";
            String order = TestClient.order("BUY", "1", "1").replace("\"symbol\"", named);
            assertThat(venue.post("/api/orders", trader, order).status()).isEqualTo(201);
            venue.engine.mode = Mode.REFUSE;
            venue.engine.connected = false;

            List<Operation> reads =
                    CONTRACT.operations().stream()
                            .filter(each -> each.node().get("responses").has("200"))
                            .filter(each -> declared(each, 200).contains("Warning"))
                            .toList();
            assertThat(reads).hasSizeGreaterThan(5);
            for (Operation read : reads) {
                Answer answer = venue.get(ExampleStory.target(read), trader);
                assertThat(answer.status()).as(read.name()).isEqualTo(200);
                assertThat(among(OF_WHAT_MAY_BE_OLD, sent(answer)))
                        .as(read.name())
                        .isEqualTo(OF_WHAT_MAY_BE_OLD);
            }
            Answer unknown = venue.get("/api/orders/999", trader);
            assertThat(unknown.status()).isEqualTo(503);
            assertThat(among(OF_WHAT_MAY_BE_OLD, sent(unknown))).isEmpty();
        }
    }

    @Test
    void everyHeaderIsUsedAndDescribedAndItsExampleIsAsItSays() {
        JsonNode components = CONTRACT.document().get("components");
        for (Map.Entry<String, JsonNode> each : components.get("headers").properties()) {
            JsonNode header = each.getValue();
            assertThat(header.path("description").asText()).as(each.getKey()).isNotEmpty();
            JsonNode schema = header.get("schema");
            assertThat(CONTRACT.faults(schema.toString(), schema, header.path("example")))
                    .as(each.getKey())
                    .isEmpty();
        }
        assertThat(referred().collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(names(components.get("headers")));
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** The components that headers of answers are, each under its own name. */
    private static Stream<String> referred() {
        return CONTRACT.document().findValues("responses").stream()
                .flatMap(responses -> responses.properties().stream())
                .flatMap(response -> response.getValue().path("headers").properties().stream())
                .map(
                        header -> {
                            assertThat(header.getValue().path("$ref").asText())
                                    .isEqualTo("#/components/headers/" + header.getKey());
                            return header.getKey();
                        });
    }

    @Test
    void whatIsNotDeclaredSinceEveryAnswerMayHaveItIsTold() {
        String about = CONTRACT.document().at("/info/description").asText();

        assertThat(about).contains(DeclaredHeaders.OF_EVERY_ANSWER.keySet());
        assertThat(about).contains(DeclaredHeaders.OF_HTTP);
        assertThat(about)
                .contains("Cache-Control: " + DeclaredHeaders.OF_EVERY_ANSWER.get("Cache-Control"));
    }
}
