package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.outcry.api.Contract.Operation;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import io.outcry.api.problem.ErrorCode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract and the running server, held against each other. That every answer is as documented
 * is checked by {@link TestClient} for all tests.
 */
class OpenApiTest {
    private static final Contract CONTRACT = Contract.SERVED;

    private static final String NO_KEY = "00000000-0000-0000-0000-000000000000";

    @AutoClose private static TestVenue venue;

    @BeforeAll
    static void start() throws Exception {
        venue = TestVenue.started();
    }

    @Test
    void everyRouteIsDocumentedAndEveryDocumentedRouteServed() {
        assertThat(CONTRACT.operations().stream().map(Operation::name))
                .containsExactlyInAnyOrderElementsOf(
                        venue.server.served(venue.clock).stream().map(Route::name).toList());
    }

    @Test
    void whoMayTakeARouteIsDocumented() {
        Map<String, JsonNode> security =
                CONTRACT.operations().stream()
                        .collect(
                                Collectors.toMap(
                                        Operation::name, each -> each.node().get("security")));
        for (Route route : venue.server.served(venue.clock)) {
            boolean open = route.access() == Access.PUBLIC || route.access() == Access.PROBE;
            assertThat(security.get(route.name()).isEmpty()).as(route.name()).isEqualTo(open);
        }
    }

    @Test
    void everyErrorCodeIsDocumentedWithItsStatus() {
        Map<String, TreeSet<String>> documented = new TreeMap<>();
        JsonNode responses = CONTRACT.document().get("components").get("responses");
        for (Operation operation : CONTRACT.operations()) {
            for (Map.Entry<String, JsonNode> each :
                    operation.node().get("responses").properties()) {
                if (each.getValue().has("$ref")) {
                    JsonNode codes = CONTRACT.resolved(each.getValue()).findValue("enum");
                    codes.forEach(
                            code ->
                                    documented
                                            .computeIfAbsent(code.asText(), key -> new TreeSet<>())
                                            .add(each.getKey()));
                }
            }
        }
        assertThat(responses).isNotEmpty();
        assertThat(documented.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(String.join(" ", documented.get(code.name())))
                    .as(code.name())
                    .isIn(Integer.toString(code.status()), "default");
        }
    }

    /** In their order they tell a story, whose end is to cancel what was placed. */
    @Test
    void everyExampleWorksAndIsAnsweredAsDocumented() throws Exception {
        try (TestVenue fresh = TestVenue.started()) {
            Story story = new Story(fresh);
            List<Operation> endings = new ArrayList<>();
            for (Operation operation : CONTRACT.operations()) {
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
        }
    }

    @Test
    void thePageAndItsAssetsComeFromHereAlone() throws Exception {
        Answer page = venue.get("/docs", null);

        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'");
        assertThat(page.http().body()).contains("/docs/docs.js", "/docs/docs.css");
        for (String file : new String[] {"/docs", "/docs/docs.js", "/docs/docs.css"}) {
            assertThat(venue.get(file, null).http().body()).doesNotContain("http:", "https:");
        }
        assertThat(venue.get("/docs/docs.css", null).header("Content-Type")).startsWith("text/css");
        assertThat(venue.get("/docs/other", null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/docs", "/docs/docs.js"})
    void whatNeverChangesIsSentSmallAndOnlyOnce(String path) throws Exception {
        HttpRequest.Builder request = venue.request(path, null);
        HttpResponse<byte[]> small =
                HttpClient.newHttpClient()
                        .send(
                                request.header("Accept-Encoding", "br, gzip;q=0.5").build(),
                                BodyHandlers.ofByteArray());
        Answer plain = venue.get(path, null);
        String tag = small.headers().firstValue("ETag").orElseThrow();

        assertThat(small.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(small.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())))
                .hasContent(plain.http().body());
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(plain.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(plain.header("ETag")).isNotEqualTo(tag);
        for (String had : List.of(tag, "\"other\", W/" + tag, "*")) {
            Answer again = venue.send(request.copy().setHeader("If-None-Match", had).build());
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.header("ETag")).isEqualTo(tag);
        }
        Answer other = venue.send(venue.request(path, null).header("If-None-Match", tag).build());
        assertThat(other.status()).isEqualTo(200);
    }

    /** The requests of the examples, each with what those before it have brought. */
    private static final class Story {
        private final TestVenue venue;
        private final Trader admin;
        private Trader trader;
        private String refreshToken = "";
        private String secret = "";
        private String apiKey = NO_KEY;

        Story(TestVenue venue) throws Exception {
            this.venue = venue;
            admin = venue.registerAdmin();
        }

        void go(Operation operation) throws Exception {
            Answer answer = send(operation);
            assertThat(answer.status()).as(operation.name()).isBetween(200, 299);
            remember(answer);
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
                return venue.send(
                        request.method(operation.method(), BodyPublishers.noBody()).build());
            }
            JsonNode example = content.get("example");
            assertThat(example).as(operation.name() + " has an example").isNotNull();
            assertThat(
                            CONTRACT.faults(
                                    content.get("schema").toString(),
                                    content.get("schema"),
                                    example))
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
            return path.replace(NO_KEY, apiKey)
                    + (query.isEmpty() ? "" : "?" + String.join("&", query));
        }

        private void remember(Answer answer) {
            JsonNode body = answer.body();
            if (body.has("access_token")) {
                trader =
                        new Trader(
                                body.get("username").asText(), body.get("access_token").asText());
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
}
