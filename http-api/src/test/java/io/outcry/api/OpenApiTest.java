package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.Contract.Operation;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import io.outcry.api.problem.ErrorCode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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

    @Test
    void everyExampleWorksAndIsAnsweredAsDocumented() throws Exception {
        try (TestVenue fresh = TestVenue.started()) {
            assertThat(ExampleStory.told(fresh)).hasSameSizeAs(CONTRACT.operations());
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
}
