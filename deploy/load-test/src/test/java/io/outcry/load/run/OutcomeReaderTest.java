package io.outcry.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.load.flow.Action;
import io.outcry.load.flow.CancelOrder;
import io.outcry.load.flow.PlaceOrder;
import io.outcry.load.http.Answer;
import io.outcry.load.http.Failure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeReaderTest {
    private static final Action PLACE =
            new PlaceOrder(
                    "AAPL",
                    PlaceOrder.Side.BUY,
                    PlaceOrder.OrderType.MARKET,
                    PlaceOrder.TimeInForce.IOC,
                    "100",
                    "150");
    private static final Action CANCEL = new CancelOrder("7");

    private final OutcomeReader reader = new OutcomeReader();

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void readsAnAcceptedOrder(int status) {
        String order =
                """
                {"client_order_id":null,"fills":[{"id":"9","status":"x"}],"id":281474976710657,
                 "status":"PARTIALLY_FILLED","filled_quantity":"40","sequence":12}""";

        Outcome outcome = reader.read(PLACE, new Given(status, -1, order));

        assertThat(outcome)
                .isEqualTo(new Outcome.Accepted("PARTIALLY_FILLED", "281474976710657", "40", "12"));
        assertThat(((Outcome.Accepted) outcome).rests()).isTrue();
        assertThat(outcome.isDecided()).isTrue();
    }

    @Test
    void forgetsTheAnswerBefore() {
        reader.read(PLACE, new Given(201, -1, "{\"id\":\"1\",\"status\":\"NEW\",\"sequence\":5}"));

        assertThat(reader.read(CANCEL, new Given(200, -1, "{}")))
                .isEqualTo(new Outcome.Accepted("CANCELED", null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"id\":", "[]", "OK", "{\"id\":\"1\"}"})
    void doesNotCallAnOrderAcceptedWhenItCannotReadTheAnswer(String body) {
        assertThat(reader.read(PLACE, new Given(201, -1, body)))
                .isEqualTo(new Outcome.Unknown("unreadable_answer"));
    }

    @ParameterizedTest
    @CsvSource({
        "422, INSUFFICIENT_FUNDS, Rejected, INSUFFICIENT_FUNDS",
        "409, DUPLICATE_CLIENT_ORDER_ID, Rejected, DUPLICATE_CLIENT_ORDER_ID",
        "429, RATE_LIMITED, Refused, RATE_LIMITED",
        "503, OVERLOADED, Refused, OVERLOADED",
        "504, ORDER_STATUS_UNKNOWN, Unknown, http_504 ORDER_STATUS_UNKNOWN",
        "500, INTERNAL, Unknown, http_500 INTERNAL",
        "502, , Unknown, http_502",
        "400, MALFORMED_JSON, Failed, http_400 MALFORMED_JSON",
        "401, UNAUTHENTICATED, Failed, http_401 UNAUTHENTICATED",
        "404, NOT_FOUND, Failed, http_404 NOT_FOUND",
        "302, , Failed, http_302"
    })
    void tellsWhatAnAnswerMeansForAnOrder(int status, String code, String kind, String label) {
        Outcome outcome = reader.read(PLACE, new Given(status, 2, body(code)));

        assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(outcome.label()).isEqualTo(label);
        assertThat(outcome.isDecided()).isEqualTo(kind.equals("Rejected"));
        if (outcome instanceof Outcome.Refused refused) {
            assertThat(refused.retryAfterSeconds()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409, 422})
    void takesACancelThatCameTooLateForADecision(int status) {
        assertThat(reader.read(CANCEL, new Given(status, -1, body("ORDER_CLOSED"))))
                .isEqualTo(new Outcome.Rejected("ORDER_CLOSED"));
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void callsALostAnswerUnknownOnlyWhenTheRequestMayHaveArrived(Failure failure) {
        Outcome outcome = reader.read(failure);

        assertThat(outcome)
                .isEqualTo(
                        failure.name().startsWith("CONNECT")
                                ? new Outcome.NotSent(failure.label())
                                : new Outcome.Unknown(failure.label()));
    }

    private static String body(String code) {
        return code == null ? "<html>" : "{\"title\":\"x\",\"code\":\"" + code + "\"}";
    }

    private record Given(int status, long retryAfterSeconds, String text) implements Answer {
        private static final String BEFORE = "HTTP/1.1 ";

        @Override
        public byte[] bytes() {
            return (BEFORE + text + "after").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int bodyOffset() {
            return BEFORE.length();
        }

        @Override
        public int bodyLength() {
            return text.length();
        }
    }
}
