package io.outcry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.e2e.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake gets its status, its code and the field's name, and changes nothing. */
@ExtendWith(SharedVenue.class)
class BadInputTest {
    private static final int LARGE = 1 << 20;

    private final Client client;
    private final Client other;
    private List<JsonNode> before;

    BadInputTest(RunningVenue venue) throws Exception {
        client = Client.registered(venue.uri());
        other = Client.registered(venue.uri());
    }

    @BeforeEach
    void noteState() throws Exception {
        before = state();
    }

    @AfterEach
    void nothingHasChanged() throws Exception {
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    quantity | "abc"                  | 400 | INVALID_FIELD
                    quantity | "1e3"                  | 400 | INVALID_FIELD
                    quantity | true                   | 400 | INVALID_FIELD
                    quantity | "١٠"                   | 400 | INVALID_FIELD
                    quantity | -10                    | 422 | INVALID_QUANTITY
                    quantity | 0                      | 422 | INVALID_QUANTITY
                    quantity | "0.5"                  | 422 | INVALID_QUANTITY
                    quantity | "9223372036854775808"  | 422 | INVALID_QUANTITY
                    quantity | 99999999999999999999   | 422 | INVALID_QUANTITY
                    quantity | "9223372036854775807"  | 422 | INVALID_QUANTITY
                    price    | "abc"                  | 400 | INVALID_FIELD
                    price    | "NaN"                  | 400 | INVALID_FIELD
                    price    | []                     | 400 | INVALID_FIELD
                    price    | "-150.00"              | 422 | INVALID_PRICE
                    price    | 0                      | 422 | INVALID_PRICE
                    price    | "150.001"              | 422 | INVALID_PRICE
                    price    | "99999999999999999999" | 422 | INVALID_PRICE
                    symbol   | "NOPE"                 | 422 | UNKNOWN_SYMBOL
                    side     | "HOLD"                 | 400 | INVALID_FIELD
                    """)
    void aBadFieldIsNamed(String field, String value, int status, String code) throws Exception {
        Answer answer = client.post("/api/orders", order(field, value));
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().path("errors").findValuesAsText("field")).containsExactly(field);
        assertThat(answer.text("detail")).isNotBlank();
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                "{",
                "null",
                "[]",
                "\"AAPL\"",
                "{\"symbol\":\"AAPL\"",
                order("quantity", "1") + "{}",
                order("quantity", "1").replace("}", ",\"quantity\":\"2\"}"),
                "[".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aBodyThatIsNoObjectIsMalformed(String body) throws Exception {
        Answer answer = client.post("/api/orders", body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.code()).startsWith("MALFORMED");
    }

    @Test
    void anUnknownFieldIsNamed() throws Exception {
        Answer answer =
                client.post(
                        "/api/orders", order("quantity", "1").replace("}", ",\"leverage\":\"2\"}"));
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.body().path("errors").findValuesAsText("field"))
                .containsExactly("leverage");
    }

    @Test
    void anOrderBeyondTheAccountsCashIsRefused() throws Exception {
        Answer answer = client.post("/api/orders", order("quantity", "\"1000000\""));
        assertThat(answer.status()).as("%s", answer).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("INSUFFICIENT_FUNDS");
    }

    @Test
    void aLargeBodyIsRefused() throws Exception {
        Answer answer = client.post("/api/orders", order("quantity", "1") + " ".repeat(LARGE));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @Test
    void aTokenIsRequired(RunningVenue venue) throws Exception {
        Answer answer = Client.anonymous(venue.uri()).post("/api/orders", order("quantity", "1"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void aTokenThatIsNotOursOrNoLongerValidIsRefused(RunningVenue venue) throws Exception {
        Tokens tokens = new Tokens(client.token(), venue.tokenKey());
        assertThat(client.withToken(tokens.resigned()).get("/api/account").status())
                .as("the venue's own key signs tokens that are taken")
                .isEqualTo(200);
        for (String token : tokens.bad()) {
            Answer answer = client.withToken(token).post("/api/orders", order("quantity", "1"));
            assertThat(answer.status()).as(token).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void anothersOrderIsNotFound() throws Exception {
        Answer placed = other.post("/api/orders", order("symbol", "\"TSLA\""));
        assertThat(placed.status()).isEqualTo(201);
        String path = "/api/orders/" + placed.text("id");
        for (Answer answer : List.of(client.get(path), client.delete(path))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("UNKNOWN_ORDER");
            assertThat(answer.body().toString()).doesNotContain("TSLA");
        }
        assertThat(other.get(path).text("status")).isEqualTo("NEW");
        assertThat(other.delete(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 400",
        "-1, 400",
        "abc, 400",
        "9223372036854775807, 404",
        "99999999999999999999, 400"
    })
    void anOrderIdThatIsNoneIsRefused(String id, int status) throws Exception {
        assertThat(client.get("/api/orders/" + id).status()).isEqualTo(status);
    }

    /** A good order but for one field, whose value is given as JSON. */
    private static String order(String field, String value) {
        String good =
                """
                {"symbol":"AAPL","side":"BUY","order_type":"LIMIT","quantity":"10","price":"150.00"}""";
        return good.replaceAll("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":" + value);
    }

    /** All that the client could have changed. */
    private List<JsonNode> state() throws Exception {
        List<JsonNode> state = new ArrayList<>();
        for (String path : List.of("/api/account", "/api/positions", "/api/orders", "/api/fills")) {
            state.add(read(path));
        }
        JsonNode book = read("/api/market/AAPL/book");
        state.add(book.path("bids"));
        state.add(book.path("asks"));
        return state;
    }

    private JsonNode read(String path) throws Exception {
        Answer answer = client.get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.body();
    }
}
