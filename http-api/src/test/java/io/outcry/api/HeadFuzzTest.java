package io.outcry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.Contract.Operation;
import io.outcry.api.TestClient.Trader;
import io.outcry.testing.Mutator;
import io.outcry.testing.RawHttp;
import io.outcry.testing.RawHttp.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/**
 * Requests for every operation, on both listeners, of which the head is mutated at random, sent
 * byte by byte: header lines most of all, which no client library would send, targets and bodies.
 * None makes the server fail, and where the target is as it was, the answer is as the contract has
 * it.
 */
@Order(Integer.MAX_VALUE)
@Timeout(600)
class HeadFuzzTest {
    private static final Contract CONTRACT = Contract.SERVED;

    /** For what would cost a hash of the password each time. */
    private static final String NO_PASSWORD = "{}";

    /** A connection that ended before a whole request had come. */
    private static final int NOT_ANSWERED = 0;

    private final Random random = new Random(FuzzedAnswers.SEED);
    private final Mutator mutator = new Mutator(random);
    private final FuzzedAnswers answers = new FuzzedAnswers();

    @AutoClose private final TestVenue venue = TestVenue.started();
    private String robot;

    /** A request as its client means it. */
    private record Meant(Operation operation, String target, List<String> headers, String body) {
        String line(String asked) {
            return operation.method() + " " + asked + " HTTP/1.1";
        }
    }

    @BeforeEach
    void makeKey() throws Exception {
        robot = ApiRobot.of(venue, venue.register(), "READ").key();
    }

    @AfterEach
    void tell(TestInfo test) {
        answers.print(test.getDisplayName());
    }

    /** But for the end of the session, which the others need. */
    private static List<Operation> operations(boolean admins) {
        return CONTRACT.operations().stream()
                .filter(each -> each.path().startsWith("/api/admin/") == admins)
                .filter(each -> !each.path().endsWith("/logout"))
                .toList();
    }

    private List<String> headers(Trader trader, String body) {
        List<String> headers =
                new ArrayList<>(
                        List.of(
                                "Host: localhost",
                                "Authorization: Bearer " + trader.token(),
                                "Accept: application/json, */*;q=0.1",
                                "Accept-Encoding: gzip, br",
                                "User-Agent: fuzz/1.0",
                                "Origin: https://localhost",
                                "X-Request-Id: 4bf92f3577b34da6",
                                "X-Real-IP: 192.0.2.7",
                                "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                "If-None-Match: \"x\""));
        if (!body.isEmpty()) {
            headers.add("Content-Type: application/json");
            headers.add("Content-Length: " + body.getBytes(UTF_8).length);
        }
        if (random.nextInt(4) == 0) {
            headers.addAll(
                    List.of(
                            "Outcry-Key: " + robot,
                            "Outcry-Timestamp: 1700000000000000000",
                            "Outcry-Signature: AAAA"));
        }
        return headers;
    }

    private Meant meant(Operation operation, Trader trader) {
        String example = ExampleStory.body(operation);
        String body = example.contains("\"password\"") ? NO_PASSWORD : example;
        return new Meant(operation, ExampleStory.target(operation), headers(trader, body), body);
    }

    @Test
    void noMutatedHeaderMakesTheServerFail() throws Exception {
        Trader trader = venue.register();
        for (int i = 0; i < FuzzedAnswers.REQUESTS; i++) {
            Meant meant = meant(mutator.one(operations(false)), trader);
            List<String> headers = mutator.headers(meant.headers());
            requireAnswered(i, venue.port(), meant, meant.target(), headers, bytes(meant.body()));
        }
    }

    @Test
    void noMutatedAdministrationMakesTheServerFail() throws Exception {
        Trader admin = venue.registerAdmin();
        for (int i = 0; i < FuzzedAnswers.REQUESTS; i++) {
            Meant meant = meant(mutator.one(operations(true)), admin);
            String target = meant.target();
            List<String> headers = meant.headers();
            byte[] body = bytes(meant.body());
            int part = random.nextInt(3);
            if (part == 0) {
                headers = mutator.headers(headers);
            } else if (part == 1 || body.length == 0) {
                target = mutator.target(target);
            } else {
                body = mutator.body(meant.body());
                headers = withLength(headers, body.length);
            }
            requireAnswered(i, venue.server.adminPort(), meant, target, headers, body);
        }
    }

    private static byte[] bytes(String body) {
        return body.getBytes(UTF_8);
    }

    /** What is to be read is the whole body that was mutated. */
    private static List<String> withLength(List<String> headers, int length) {
        return headers.stream()
                .map(
                        line ->
                                line.startsWith("Content-Length:")
                                        ? "Content-Length: " + length
                                        : line)
                .toList();
    }

    private void requireAnswered(
            int number, int port, Meant meant, String target, List<String> headers, byte[] body)
            throws Exception {
        String line = meant.line(target);
        byte[] request = Mutator.request(line, headers, body);
        assertThat(request)
                .isNotEqualTo(
                        Mutator.request(
                                meant.line(meant.target()), meant.headers(), bytes(meant.body())));
        String what = FuzzedAnswers.name(number, new String(request, UTF_8));
        Optional<Answer> answer = answer(what, port, request);
        if (answer.isEmpty()) {
            assertThat(RawHttp.isWhole(request)).as(what).isFalse();
            answers.count(NOT_ANSWERED);
            return;
        }
        answers.requireSound(
                what, answer.get().status(), answer.get().headers(), answer.get().body());
        if (target.equals(meant.target())) {
            requireDocumented(what, meant, headers, answer.get());
        }
    }

    private static Optional<Answer> answer(String what, int port, byte[] request) {
        try {
            return RawHttp.answer(port, request);
        } catch (IOException e) {
            throw new AssertionError(what, e);
        }
    }

    /** Then it is not the operation that is asked for. */
    private static boolean asksForWebSocket(List<String> headers) {
        return headers.stream()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line -> line.startsWith("upgrade:") || line.startsWith("sec-websocket"));
    }

    private static void requireDocumented(
            String what, Meant meant, List<String> headers, Answer answer) {
        Operation operation = meant.operation();
        if (asksForWebSocket(headers) && (answer.status() == 403 || answer.status() == 404)) {
            return; // It is there under one path, and not for pages of other origins.
        }
        try {
            CONTRACT.check(
                    operation.method(),
                    operation.path(),
                    answer.status(),
                    answer.headers(),
                    answer.body());
        } catch (AssertionError | IOException e) {
            throw new AssertionError(what, e);
        }
    }
}
