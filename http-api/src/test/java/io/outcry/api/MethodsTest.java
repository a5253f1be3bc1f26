package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD, and methods that a path does not take. */
class MethodsTest {
    @AutoClose private final TestVenue venue = TestVenue.started();

    private HttpResponse<String> ask(String method, String path, Trader as) throws Exception {
        return venue.sendUnchecked(
                venue.request(path, as).method(method, BodyPublishers.noBody()).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/account", "/api/instruments", "/openapi.json", "/health"})
    void headIsAnsweredAsGetWithoutTheBody(String path) throws Exception {
        Trader trader = venue.register();
        HttpResponse<String> whole = ask("GET", path, trader);
        HttpResponse<String> head = ask("HEAD", path, trader);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : new String[] {"Content-Type", "ETag", "Cache-Control"}) {
            assertThat(head.headers().allValues(name)).isEqualTo(whole.headers().allValues(name));
        }
        assertThat(head.headers().firstValueAsLong("Content-Length"))
                .hasValue(whole.body().length());
    }

    @Test
    void headShowsNobodyMoreThanGet() throws Exception {
        assertThat(ask("HEAD", "/api/account", null).statusCode()).isEqualTo(401);
        assertThat(ask("HEAD", "/api/orders/999", venue.register()).statusCode()).isEqualTo(404);
    }

    @Test
    void headOfAProbeTellsWhetherItIsReady() throws Exception {
        venue.engine.connected = false;

        assertThat(ask("HEAD", "/health/ready", null).statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "OPTIONS"})
    void aMethodThatThePathDoesNotTakeIsToldWhichItDoes(String method) throws Exception {
        assertThat(allowed(method, "/api/orders"))
                .containsExactlyInAnyOrder("GET", "HEAD", "POST", "DELETE");
        assertThat(allowed(method, "/api/auth/login")).containsExactly("POST");
    }

    private Stream<String> allowed(String method, String path) throws Exception {
        Answer refused =
                venue.send(
                        venue.request(path, null).method(method, BodyPublishers.noBody()).build());
        assertThat(refused.status()).isEqualTo(405);
        return Stream.of(refused.header("Allow").split(", ", -1));
    }

    @Test
    void theMethodIsTheOneThatWasSentWhateverAHeaderSays() throws Exception {
        Trader trader = venue.register();
        ApiRobot robot = ApiRobot.of(venue, trader, "READ\",\"TRADE");
        String path =
                "/api/orders/"
                        + venue.post("/api/orders", trader, TestClient.order("BUY", "1", "1"))
                                .body()
                                .get("id")
                                .asText();

        Answer plain =
                venue.send(
                        venue.request(path, trader)
                                .header("X-HTTP-Method-Override", "DELETE")
                                .GET()
                                .build());
        Answer signed =
                venue.send(
                        robot.signed(venue.port(), "GET", path, "")
                                .header("x-http-method-override", "DELETE")
                                .build());

        for (Answer answer : List.of(plain, signed, venue.get(path, trader))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().get("status").asText()).isEqualTo("NEW");
        }
    }

    @Test
    void aMethodThatNothingTakesIsToldWhichThereAre() throws Exception {
        assertThat(allowed("FLY", "/api/orders")).contains("GET", "POST");
    }
}
