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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final Path PROXY = Path.of("../deploy/nginx/nginx.conf.template");
    private static final Pattern PROXY_ERROR = Pattern.compile("return ([0-9]{3}) '(\\{.*\\})");

    /** The code that no replica answers. */
    private static final String OF_THE_PROXY = "SERVICE_UNAVAILABLE";

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

    /** By code under which statuses it is documented. */
    private static Map<String, String> documentedCodes() {
        Map<String, Set<String>> statuses = new TreeMap<>();
        for (Operation operation : CONTRACT.operations()) {
            operation.node().get("responses").properties().stream()
                    .filter(each -> each.getValue().has("$ref"))
                    .forEach(
                            each ->
                                    CONTRACT.resolved(each.getValue())
                                            .findValue("enum")
                                            .forEach(
                                                    code ->
                                                            statuses.computeIfAbsent(
                                                                            code.asText(),
                                                                            key -> new TreeSet<>())
                                                                    .add(each.getKey())));
        }
        Map<String, String> documented = new TreeMap<>();
        statuses.forEach((code, all) -> documented.put(code, String.join(" ", all)));
        return documented;
    }

    @Test
    void everyErrorCodeIsDocumentedWithItsStatus() {
        Map<String, String> documented = documentedCodes();
        assertThat(documented.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(
                                        Arrays.stream(ErrorCode.values()).map(Enum::name),
                                        Stream.of(OF_THE_PROXY))
                                .toList());
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(documented.get(code.name()))
                    .as(code.name())
                    .isIn(Integer.toString(code.status()), "default");
        }
    }

    @Test
    void everyErrorOfTheProxyIsDocumentedWithItsStatus() throws Exception {
        Map<String, String> documented = documentedCodes();
        Matcher errors = PROXY_ERROR.matcher(Files.readString(PROXY));
        Set<String> codes = new TreeSet<>();
        while (errors.find()) {
            JsonNode error = TestClient.JSON.readTree(errors.group(2));
            JsonNode schema = CONTRACT.problem(error.get("code")).findValue("schema");
            assertThat(CONTRACT.faults(schema.toString(), schema, error)).isEmpty();
            assertThat(error.get("status").asText()).isEqualTo(errors.group(1));
            assertThat(documented.get(error.get("code").asText()))
                    .as(error.toString())
                    .isIn(errors.group(1), "default");
            codes.add(error.get("code").asText());
        }
        assertThat(codes).contains(OF_THE_PROXY).hasSizeGreaterThan(9);
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
