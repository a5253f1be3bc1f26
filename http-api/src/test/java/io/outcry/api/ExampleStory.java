package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.outcry.api.Contract.Operation;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests of the contract's examples, each with what those before it have brought: in their
 * order they tell a story, whose end is to cancel what was placed.
 */
final class ExampleStory {
    private static final String NO_KEY = "00000000-0000-0000-0000-000000000000";

    private final TestVenue venue;
    private final Trader admin;
    private Trader trader;
    private String refreshToken = "";
    private String secret = "";
    private String apiKey = NO_KEY;
    private final Map<Operation, Answer> answers = new LinkedHashMap<>();

    private ExampleStory(TestVenue venue) throws Exception {
        this.venue = venue;
        admin = venue.registerAdmin();
    }

    /** Throws unless each is answered as documented, with a success. */
    static Map<Operation, Answer> told(TestVenue venue) throws Exception {
        ExampleStory story = new ExampleStory(venue);
        List<Operation> endings = new ArrayList<>();
        for (Operation operation : Contract.SERVED.operations()) {
            if (operation.method().equals("DELETE")) {
                endings.add(0, operation);
            } else if (operation.path().endsWith("/logout")) {
                endings.add(operation);
            } else {
                story.go(operation);
            }
        }
        for (Operation operation : endings) {
            story.go(operation);
        }
        return story.answers;
    }

    private void go(Operation operation) throws Exception {
        Answer answer = send(operation);
        assertThat(answer.status()).as(operation.name()).isBetween(200, 299);
        remember(answer);
        answers.put(operation, answer);
    }

    private Answer send(Operation operation) throws Exception {
        JsonNode node = operation.node();
        JsonNode content = node.at("/requestBody/content/application~1json");
        if (operation.path().startsWith("/api/admin/")) {
            return venue.admin(
                    operation.method(),
                    path(operation),
                    admin,
                    content.isMissingNode() ? "" : content.get("example").toString());
        }
        HttpRequest.Builder request =
                venue.request(path(operation), node.get("security").isEmpty() ? null : trader);
        if (content.isMissingNode()) {
            return venue.send(request.method(operation.method(), BodyPublishers.noBody()).build());
        }
        JsonNode example = content.get("example");
        assertThat(example).as(operation.name() + " has an example").isNotNull();
        assertThat(
                        Contract.SERVED.faults(
                                content.get("schema").toString(), content.get("schema"), example))
                .as(operation.name())
                .isEmpty();
        return venue.send(
                request.header("Content-Type", "application/json")
                        .method(operation.method(), BodyPublishers.ofString(known(example)))
                        .build());
    }

    /** The example, with what only the answers before it could tell. */
    private String known(JsonNode example) throws Exception {
        ObjectNode known = example.deepCopy();
        if (known.has("refresh_token")) {
            known.put("refresh_token", refreshToken);
        }
        if (known.has("code")) {
            venue.clock.advance(Duration.ofSeconds(60));
            known.put("code", TestAuthenticator.code(secret, venue.clock.instant()));
        }
        return known.toString();
    }

    private String path(Operation operation) {
        return target(operation).replace(NO_KEY, apiKey);
    }

    /** The path with the query, as the examples of the parameters have it. */
    static String target(Operation operation) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.node().path("parameters")) {
            String name = parameter.get("name").asText();
            String example = parameter.path("example").asText();
            if (parameter.get("in").asText().equals("path")) {
                path = path.replace("{" + name + "}", example);
            } else if (!example.isEmpty()) {
                query.add(name + "=" + example);
            }
        }
        return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    /** The body, as its example is; empty where there is none. */
    static String body(Operation operation) {
        JsonNode example = operation.node().at("/requestBody/content/application~1json/example");
        return example.isMissingNode() ? "" : example.toString();
    }

    private void remember(Answer answer) {
        JsonNode body = answer.body();
        if (body.has("access_token")) {
            trader = new Trader(body.get("username").asText(), body.get("access_token").asText());
            refreshToken = body.get("refresh_token").asText();
        }
        if (body.has("uri")) {
            secret = body.get("secret").asText();
        }
        if (body.has("algorithm")) {
            apiKey = body.get("id").asText();
        }
    }
}
