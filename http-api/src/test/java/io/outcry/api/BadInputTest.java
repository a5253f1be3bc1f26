package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is wrong with a request gets the right status and code, names the field, changes nothing.
 */
class BadInputTest {
    private static final String GOOD =
            """
            {"symbol":"AAPL","side":"BUY","order_type":"LIMIT","quantity":"10","price":"150"}\
            """;
    private static final String NO_FIELD = "";

    @AutoClose private static final TestVenue venue = TestVenue.started();
    private static Trader trader;

    @BeforeAll
    static void start() throws Exception {
        trader = venue.register();
    }

    private static String with(String field, String json) {
        return GOOD.replaceFirst(
                "\"" + field + "\":\"[^\"]*\"",
                Matcher.quoteReplacement("\"" + field + "\":" + json));
    }

    private static String plus(String member) {
        return GOOD.replace("}", "," + member + "}");
    }

    private static String without(String field) {
        return GOOD.replaceFirst("\"" + field + "\":\"[^\"]*\",?", "").replace(",}", "}");
    }

    static Stream<Arguments> badOrders() {
        return Stream.of(
                arguments("", 400, "MALFORMED_JSON", NO_FIELD),
                arguments("{", 400, "MALFORMED_JSON", NO_FIELD),
                arguments("[]", 400, "MALFORMED_JSON", NO_FIELD),
                arguments("\"order\"", 400, "MALFORMED_JSON", NO_FIELD),
                arguments("null", 400, "MALFORMED_JSON", NO_FIELD),
                arguments(GOOD + GOOD, 400, "MALFORMED_JSON", NO_FIELD),
                arguments(GOOD.replace("}", ",}"), 400, "MALFORMED_JSON", NO_FIELD),
                arguments("\u0000" + GOOD, 400, "MALFORMED_JSON", NO_FIELD),
                arguments(plus("\"price\":\"150\""), 400, "MALFORMED_JSON", NO_FIELD),
                arguments(plus("\"qty\":\"10\""), 400, "MALFORMED_JSON", NO_FIELD),
                arguments(plus("\"x\":" + "[".repeat(50)), 400, "MALFORMED_JSON", NO_FIELD),
                arguments("{}", 400, "INVALID_FIELD", "symbol"),
                arguments(plus("\"leverage\":5"), 400, "INVALID_FIELD", "leverage"),
                arguments(plus("\"x\":{\"y\":[1]}"), 400, "INVALID_FIELD", "x"),
                arguments(without("symbol"), 400, "INVALID_FIELD", "symbol"),
                arguments(without("side"), 400, "INVALID_FIELD", "side"),
                arguments(without("order_type"), 400, "INVALID_FIELD", "order_type"),
                arguments(without("quantity"), 400, "INVALID_FIELD", "quantity"),
                arguments(with("symbol", "5"), 400, "INVALID_FIELD", "symbol"),
                arguments(with("symbol", "null"), 400, "INVALID_FIELD", "symbol"),
                arguments(with("symbol", "[\"AAPL\"]"), 400, "INVALID_FIELD", "symbol"),
                arguments(with("side", "\"HOLD\""), 400, "INVALID_FIELD", "side"),
                arguments(with("side", "true"), 400, "INVALID_FIELD", "side"),
                arguments(with("order_type", "\"PEGGED\""), 400, "INVALID_FIELD", "order_type"),
                arguments(plus("\"time_in_force\":\"X\""), 400, "INVALID_FIELD", "time_in_force"),
                arguments(plus("\"post_only\":\"yes\""), 400, "INVALID_FIELD", "post_only"),
                arguments(plus("\"expires_at\":\"soon\""), 400, "INVALID_FIELD", "expires_at"),
                arguments(
                        plus("\"expires_at\":\"9999-01-01T00:00:00Z\""),
                        400,
                        "INVALID_FIELD",
                        "expires_at"),
                arguments(
                        plus("\"client_order_id\":\"no spaces\""),
                        400,
                        "INVALID_FIELD",
                        "client_order_id"),
                arguments(
                        plus("\"client_order_id\":\"" + "x".repeat(37) + "\""),
                        400,
                        "INVALID_FIELD",
                        "client_order_id"),
                arguments(with("side", "\"\u017fell\""), 400, "INVALID_FIELD", "side"),
                arguments(with("order_type", "\"l\u0131mit\""), 400, "INVALID_FIELD", "order_type"),
                arguments(with("quantity", "\"\u0661\""), 400, "INVALID_FIELD", "quantity"),
                arguments(with("quantity", "\"ten\""), 400, "INVALID_FIELD", "quantity"),
                arguments(with("quantity", "\"\""), 400, "INVALID_FIELD", "quantity"),
                arguments(with("quantity", "\"1e3\""), 400, "INVALID_FIELD", "quantity"),
                arguments(with("quantity", "1e3"), 400, "INVALID_FIELD", "quantity"),
                arguments(with("quantity", "true"), 400, "INVALID_FIELD", "quantity"),
                arguments(with("quantity", "{}"), 400, "INVALID_FIELD", "quantity"),
                arguments(with("quantity", "NaN"), 400, "MALFORMED_JSON", NO_FIELD),
                arguments(with("quantity", "\"NaN\""), 400, "INVALID_FIELD", "quantity"),
                arguments(with("quantity", "\"+5\""), 400, "INVALID_FIELD", "quantity"),
                arguments(with("quantity", "\" 5\""), 400, "INVALID_FIELD", "quantity"),
                arguments(with("quantity", "\"0x10\""), 400, "INVALID_FIELD", "quantity"),
                arguments(with("price", "\"1,50\""), 400, "INVALID_FIELD", "price"),
                arguments(with("symbol", "\"NOPE\""), 422, "UNKNOWN_SYMBOL", "symbol"),
                arguments(with("symbol", "\"\""), 422, "UNKNOWN_SYMBOL", "symbol"),
                arguments(with("symbol", "\"a\\u0000b\""), 400, "INVALID_FIELD", "symbol"),
                arguments(with("quantity", "\"0\""), 422, "INVALID_QUANTITY", "quantity"),
                arguments(with("quantity", "-5"), 422, "INVALID_QUANTITY", "quantity"),
                arguments(with("quantity", "\"1.5\""), 422, "INVALID_QUANTITY", "quantity"),
                arguments(with("quantity", "1.5"), 422, "INVALID_QUANTITY", "quantity"),
                arguments(
                        with("quantity", "\"9223372036854775808\""),
                        422,
                        "INVALID_QUANTITY",
                        "quantity"),
                arguments(
                        with("quantity", "99999999999999999999999999"),
                        422,
                        "INVALID_QUANTITY",
                        "quantity"),
                arguments(with("price", "\"0\""), 422, "INVALID_PRICE", "price"),
                arguments(with("price", "-1"), 422, "INVALID_PRICE", "price"),
                arguments(with("price", "\"150.001\""), 422, "INVALID_PRICE", "price"),
                arguments(with("price", "92233720368547758.08"), 422, "INVALID_PRICE", "price"),
                arguments(without("price"), 422, "INVALID_PRICE", "price"),
                arguments(plus("\"stop_price\":\"0\""), 422, "INVALID_STOP_PRICE", "stop_price"),
                arguments(
                        plus("\"trail_amount\":\"0.001\""),
                        422,
                        "INVALID_STOP_PRICE",
                        "trail_amount"),
                arguments(
                        plus("\"display_quantity\":\"-1\""),
                        422,
                        "INVALID_ORDER",
                        "display_quantity"));
    }

    @ParameterizedTest
    @MethodSource("badOrders")
    void aBadOrderIsRefused(String body, int status, String code, String field) throws Exception {
        long before = venue.engine.sequence();

        Answer answer = venue.post("/api/orders", trader, body);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertProblem(answer, code, field);
        assertThat(venue.engine.sequence()).isEqualTo(before);
    }

    private static void assertProblem(Answer answer, String code, String field) {
        JsonNode body = answer.body();
        assertThat(answer.code()).as(body.toString()).isEqualTo(code);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(body.get("status").asInt()).isEqualTo(answer.status());
        assertThat(body.get("title").asText()).isNotEmpty();
        assertThat(body.get("detail").asText()).isNotEmpty();
        assertThat(body.get("request_id").asText()).isNotEmpty();
        if (!field.isEmpty()) {
            assertThat(body.get("errors").get(0).get("field").asText()).isEqualTo(field);
            assertThat(body.get("errors").get(0).get("reason").asText()).isNotEmpty();
        }
    }

    static Stream<Arguments> badRegistrations() {
        return Stream.of(
                arguments("username", "\"ab\""),
                arguments("username", "\"-abc\""),
                arguments("username", "\"" + "a".repeat(33) + "\""),
                arguments("username", "\"a\\u0000bc\""),
                arguments("username", "7"),
                arguments("email", "\"nobody\""),
                arguments("email", "\"a@b@c\""),
                arguments("email", "\"a b@c\""),
                arguments("email", "\"a\\u0000@c\""),
                arguments("password", "\"short\""),
                arguments("password", "\"" + "x".repeat(129) + "\""),
                arguments("password", "null"));
    }

    @ParameterizedTest
    @MethodSource("badRegistrations")
    void aBadRegistrationIsRefused(String field, String json) throws Exception {
        String body =
                TestClient.registration("someone")
                        .replaceFirst(
                                "\"" + field + "\":\"[^\"]*\"",
                                "\"" + field + "\":" + json.replace("\\", "\\\\"));

        Answer answer = venue.post("/api/auth/register", null, body);

        assertThat(answer.status()).isEqualTo(400);
        assertProblem(answer, "INVALID_FIELD", field);
    }

    static Stream<Arguments> badPaths() {
        return Stream.of(
                arguments("/api/orders?limit=0", 400, "INVALID_FIELD", "limit"),
                arguments("/api/orders?limit=501", 400, "INVALID_FIELD", "limit"),
                arguments("/api/orders?limit=x", 400, "INVALID_FIELD", "limit"),
                arguments("/api/orders?limit=%2B1", 400, "INVALID_FIELD", "limit"),
                arguments("/api/orders?limit=%D9%A1", 400, "INVALID_FIELD", "limit"),
                arguments("/api/orders?limit=1&limit=2", 400, "INVALID_FIELD", "limit"),
                arguments("/api/orders?cursor=-1", 400, "INVALID_FIELD", "cursor"),
                arguments("/api/orders?cursor=7", 400, "INVALID_FIELD", "cursor"),
                arguments("/api/fills?cursor=7", 400, "INVALID_FIELD", "cursor"),
                arguments("/api/fills?order_id=x", 400, "INVALID_FIELD", "order_id"),
                arguments("/api/account/statements", 400, "INVALID_FIELD", "kind"),
                arguments("/api/account/statements?kind=all", 400, "INVALID_FIELD", "kind"),
                arguments(
                        "/api/account/statements?kind=fills&format=xml",
                        400,
                        "INVALID_FIELD",
                        "format"),
                arguments(
                        "/api/account/statements?kind=fills&from=yesterday",
                        400,
                        "INVALID_FIELD",
                        "from"),
                arguments(
                        "/api/account/statements?kind=fills&from=2026-02-01T00:00:00Z"
                                + "&to=2026-01-01T00:00:00Z",
                        400,
                        "INVALID_FIELD",
                        "to"),
                arguments("/api/orders?status=SOLD", 400, "INVALID_FIELD", "status"),
                arguments("/api/orders?symbol=a%20b", 400, "INVALID_FIELD", "symbol"),
                arguments("/api/orders?user=1", 400, "INVALID_FIELD", "user"),
                arguments("/api/orders/abc", 400, "INVALID_FIELD", "id"),
                arguments("/api/orders/-1", 400, "INVALID_FIELD", "id"),
                arguments("/api/orders/+1", 400, "INVALID_FIELD", "id"),
                arguments("/api/orders/%D9%A1", 400, "INVALID_FIELD", "id"),
                arguments("/api/orders/9223372036854775808", 400, "INVALID_FIELD", "id"),
                arguments("/api/orders/77777", 404, "UNKNOWN_ORDER", NO_FIELD),
                arguments(
                        "/api/orders/by-client-id/a%20b", 400, "INVALID_FIELD", "client_order_id"),
                arguments("/api/orders/by-client-id/none", 404, "UNKNOWN_ORDER", NO_FIELD),
                arguments("/api/portfolio/summary?currency=XXX", 400, "INVALID_FIELD", "currency"),
                arguments("/api/market/NOPE/book", 404, "NOT_FOUND", NO_FIELD),
                arguments("/api/market/AAPL/book?depth=0", 400, "INVALID_FIELD", "depth"),
                arguments("/api/nothing", 404, "NOT_FOUND", NO_FIELD),
                arguments("/", 404, "NOT_FOUND", NO_FIELD),
                arguments("/api/auth/login", 405, "METHOD_NOT_ALLOWED", NO_FIELD));
    }

    @ParameterizedTest
    @MethodSource("badPaths")
    void aBadPathIsRefused(String path, int status, String code, String field) throws Exception {
        Answer answer = venue.get(path, trader);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertProblem(answer, code, field);
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() throws Exception {
        Answer answer =
                venue.post(
                        "/api/orders",
                        trader,
                        """
                        {"symbol":"AAPL","side":"UP","order_type":1,"quantity":"many"}\
                        """);

        assertThat(answer.body().get("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("side", "order_type", "quantity");
    }

    @Test
    void aBodyOfAMegabyteIsRefused() throws Exception {
        Answer announced = venue.post("/api/orders", trader, "x".repeat(1_048_576));
        Answer chunked =
                venue.send(
                        venue.request("/api/orders", trader)
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () ->
                                                        new java.io.ByteArrayInputStream(
                                                                new byte[1_048_576])))
                                .build());

        for (Answer answer : new Answer[] {announced, chunked}) {
            assertThat(answer.status()).isEqualTo(413);
            assertProblem(answer, "PAYLOAD_TOO_LARGE", NO_FIELD);
        }
    }

    @Test
    void aBodyThatIsNotJsonIsRefused() throws Exception {
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded"}) {
            Answer answer =
                    venue.send(
                            venue.request("/api/orders", trader)
                                    .header("Content-Type", type)
                                    .POST(BodyPublishers.ofString(GOOD))
                                    .build());
            assertThat(answer.status()).isEqualTo(415);
            assertProblem(answer, "UNSUPPORTED_MEDIA_TYPE", NO_FIELD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void aBodyThatIsNotUtf8IsRefused(String encoding) throws Exception {
        Answer answer =
                venue.send(
                        venue.request("/api/orders", trader)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(GOOD.getBytes(encoding)))
                                .build());

        assertThat(answer.status()).isEqualTo(400);
        assertProblem(answer, "MALFORMED_JSON", NO_FIELD);
    }

    @Test
    void aMethodThatNoRouteHasIsRefused() throws Exception {
        for (String method : new String[] {"PUT", "PROPFIND", "lower"}) {
            Answer answer =
                    venue.send(
                            venue.request("/api/orders", trader)
                                    .method(method, BodyPublishers.noBody())
                                    .build());
            assertThat(answer.status()).isEqualTo(405);
            assertProblem(answer, "METHOD_NOT_ALLOWED", NO_FIELD);
        }
    }

    @Test
    void aTargetThatIsTooLongIsRefused() throws Exception {
        Answer answer = venue.get("/api/orders?symbol=" + "A".repeat(10_000), trader);

        assertThat(answer.status()).isEqualTo(414);
        assertProblem(answer, "URI_TOO_LONG", NO_FIELD);
    }

    @Test
    void headersThatAreTooLargeAreRefused() throws Exception {
        Answer answer =
                venue.send(
                        venue.request("/api/orders", trader)
                                .header("X-Filler", "x".repeat(10_000))
                                .GET()
                                .build());

        assertThat(answer.status()).isEqualTo(431);
        assertProblem(answer, "HEADERS_TOO_LARGE", NO_FIELD);
    }

    @Test
    void theProxysRequestIdIsTheAnswers() throws Exception {
        Answer answer =
                venue.send(
                        venue.request("/api/nothing", null)
                                .header("X-Request-Id", "abc-123")
                                .GET()
                                .build());

        assertThat(answer.body().get("request_id").asText()).isEqualTo("abc-123");
        assertThat(answer.header("X-Request-Id")).isEqualTo("abc-123");
    }
}
