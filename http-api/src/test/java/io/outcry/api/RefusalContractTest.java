package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.Contract.Operation;
import io.outcry.api.FakeEngine.Mode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import io.outcry.api.problem.ErrorCode;
import io.outcry.domain.order.RejectCode;
import io.outcry.testing.RawHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is refused in the same way everywhere: every operation that documents such a refusal gives
 * it, each asked as its example has it but for what is to be refused.
 */
class RefusalContractTest {
    private static final Contract CONTRACT = Contract.SERVED;
    private static final String JSON = "application/json";
    private static final int BEYOND_EVERY_BODY = 100_000;

    @AutoClose private static final TestVenue venue = TestVenue.started();
    private static Trader trader;
    private static Trader admin;

    @BeforeAll
    static void register() throws Exception {
        trader = venue.register();
        admin = venue.registerAdmin();
    }

    private static Stream<Operation> documenting(int status) {
        return CONTRACT.operations().stream()
                .filter(each -> each.node().get("responses").has(Integer.toString(status)));
    }

    private static boolean isAdmins(Operation operation) {
        return operation.path().startsWith("/api/admin/");
    }

    private static Trader caller(Operation operation) {
        return isAdmins(operation) ? admin : trader;
    }

    private static int port(TestVenue of, Operation operation) {
        return isAdmins(operation) ? of.server.adminPort() : of.port();
    }

    private static HttpRequest.Builder request(TestVenue of, Operation operation, Trader as) {
        String target = ExampleStory.target(operation);
        return of.request(target, as)
                .uri(URI.create("http://127.0.0.1:" + port(of, operation) + target));
    }

    private static Answer send(
            TestVenue to, Operation operation, Trader as, String type, String body)
            throws Exception {
        return to.send(
                request(to, operation, as)
                        .header("Content-Type", type)
                        .method(operation.method(), BodyPublishers.ofString(body))
                        .build());
    }

    private static Answer send(TestVenue to, Operation operation, Trader as) throws Exception {
        return send(to, operation, as, JSON, ExampleStory.body(operation));
    }

    static Stream<Operation> all() {
        return CONTRACT.operations().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsNotHttpIsMalformed(Operation operation) throws Exception {
        String request =
                operation.method() + " " + ExampleStory.target(operation) + " HTTP/1.1\r\n\r\n";

        RawHttp.Answer answer =
                RawHttp.answer(port(venue, operation), request.getBytes(StandardCharsets.US_ASCII))
                        .orElseThrow();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("MALFORMED_REQUEST");
        CONTRACT.check(
                operation.method(),
                operation.path(),
                answer.status(),
                answer.headers(),
                answer.body());
    }

    static Stream<Operation> withBodies() {
        return CONTRACT.operations().stream().filter(each -> each.node().has("requestBody"));
    }

    @ParameterizedTest
    @MethodSource("withBodies")
    void aBodyThatIsNotJsonOrTooLargeIsRefused(Operation operation) throws Exception {
        String body = ExampleStory.body(operation);
        Trader as = caller(operation);

        Answer other = send(venue, operation, as, "text/plain", body);
        Answer large = send(venue, operation, as, JSON, body + " ".repeat(BEYOND_EVERY_BODY));

        assertThat(other.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(large.code()).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    /** Whether a replica is live has nothing to do with its start. */
    @Test
    void whatCanBeUnavailableIsSoBeforeTheStart() throws Exception {
        try (TestVenue early = new TestVenue()) {
            early.server.listen();
            for (Operation operation :
                    documenting(503).filter(each -> !each.path().endsWith("/live")).toList()) {
                Answer answer = send(early, operation, null);
                assertThat(answer.status()).as(operation.name()).isEqualTo(503);
                if (operation.path().startsWith("/api/")) {
                    assertThat(answer.code()).as(operation.name()).isEqualTo("NOT_STARTED");
                }
            }
        }
    }

    @Test
    void whatIsLimitedIsRefusedBeyondTheLimit() throws Exception {
        Map<String, String> limits = new HashMap<>();
        for (String kind :
                List.of("ORDERS", "CANCELS", "READS", "REGISTRATIONS", "SIGN_INS", "PUBLIC")) {
            limits.put("OUTCRY_LIMIT_" + kind, "1/h:1");
        }
        try (TestVenue narrow = new TestVenue(limits, List.of())) {
            narrow.start();
            Trader only = narrow.register();
            for (Operation operation : documenting(429).filter(each -> !isAdmins(each)).toList()) {
                send(narrow, operation, only);
                Answer again = send(narrow, operation, only);
                assertThat(again.code()).as(operation.name()).isEqualTo("RATE_LIMITED");
            }
            // An administrator is not limited, but whoever makes up API keys is.
            for (Operation operation : documenting(429).filter(each -> isAdmins(each)).toList()) {
                sendWithMadeUpKey(narrow, operation);
                Answer again = sendWithMadeUpKey(narrow, operation);
                assertThat(again.code()).as(operation.name()).isEqualTo("RATE_LIMITED");
            }
        }
    }

    private static Answer sendWithMadeUpKey(TestVenue to, Operation operation) throws Exception {
        return to.send(
                request(to, operation, null)
                        .header("Outcry-Key", UUID.randomUUID().toString())
                        .method(operation.method(), BodyPublishers.noBody())
                        .build());
    }

    @Test
    void whatNobodyCanTellTheOutcomeOfIsCalledUnknown() throws Exception {
        try (TestVenue lost = TestVenue.started()) {
            Trader owner = lost.register();
            Trader boss = lost.registerAdmin();
            lost.post("/api/orders", owner, TestClient.order("BUY", "1", "1"));
            lost.engine.mode = Mode.UNKNOWN;
            for (Operation operation : documenting(504).toList()) {
                Answer answer = send(lost, operation, isAdmins(operation) ? boss : owner);
                assertThat(answer.status()).as(operation.name()).isEqualTo(504);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = "UNKNOWN_ORDER") // No order is asked for when one is placed.
    void whateverTheEngineRejectsAnOrderForIsToldByItsCode(RejectCode code) throws Exception {
        venue.engine.rejection = code;
        venue.engine.mode = Mode.REJECT;
        try {
            for (String path : List.of("/api/orders", "/api/orders/test")) {
                Answer answer = venue.post(path, trader, TestClient.order("BUY", "1", "1"));
                assertThat(answer.code()).isEqualTo(code.name());
                assertThat(answer.status()).isEqualTo(ErrorCode.of(code).status());
            }
        } finally {
            venue.engine.mode = Mode.NORMAL;
        }
    }

    /** What the engine rejects each with, where it is not that it does not know the account. */
    private static RejectCode rejection(Operation operation) {
        if (operation.path().equals("/api/admin/instruments")) {
            return RejectCode.INVALID_COMMAND;
        }
        return operation.path().startsWith("/api/admin/instruments/")
                ? RejectCode.UNKNOWN_SYMBOL
                : RejectCode.UNKNOWN_ACCOUNT;
    }

    @Test
    void whatTheEngineRejectsIsToldWhy() throws Exception {
        try (TestVenue strict = TestVenue.started()) {
            Trader owner = strict.register();
            Trader boss = strict.registerAdmin();
            strict.engine.mode = Mode.REJECT;
            for (Operation operation : documenting(422).toList()) {
                strict.engine.rejection = rejection(operation);
                Answer answer = send(strict, operation, isAdmins(operation) ? boss : owner);
                assertThat(answer.status()).as(operation.name()).isEqualTo(422);
                assertThat(answer.code()).isEqualTo(strict.engine.rejection.name());
            }
        }
    }
}
