package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.FakeEngine.Mode;
import io.outcry.api.TestClient.Trader;
import io.outcry.api.http.CurrentRequest;
import io.outcry.engineclient.EngineSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is asked of the engine names the request that it is asked for. */
class RequestNameTest {
    private static final String NAME = "web-17";

    @AutoClose private static final TestVenue venue = TestVenue.started();
    private static Trader trader;

    @BeforeAll
    static void start() throws Exception {
        trader = venue.register();
    }

    @BeforeEach
    void forget() {
        venue.engine.sentFor.clear();
    }

    /** What the server asks for itself has no name. */
    private static List<String> names() {
        return venue.engine.sentFor.stream().filter(name -> !name.isEmpty()).toList();
    }

    private static String ask(String method, String path, String body) throws Exception {
        HttpRequest.Builder request =
                venue.request(path, trader)
                        .header("Content-Type", "application/json")
                        .header("X-Request-Id", NAME);
        return venue.sendUnchecked(request.method(method, BodyPublishers.ofString(body)).build())
                .body();
    }

    private static String place() throws Exception {
        String placed = ask("POST", "/api/orders", TestClient.order("BUY", "1", "1"));
        return TestClient.JSON.readTree(placed).get("id").asText();
    }

    @Test
    void onTheThreadThatReadsTheRequest() throws Exception {
        String id = place();
        ask("DELETE", "/api/orders/" + id, "");
        ask("DELETE", "/api/orders", "");
        assertThat(names()).hasSize(3).containsOnly(NAME);
    }

    @Test
    void forEachOrderOfABatch() throws Exception {
        String order = TestClient.order("BUY", "1", "1");
        ask("POST", "/api/orders/batch", "{\"orders\":[" + order + "," + order + "]}");
        assertThat(names()).hasSize(2).containsOnly(NAME);
    }

    @Test
    void onTheThreadThatBringsTheFirstOfTwoAnswers() throws Exception {
        String id = place();
        venue.engine.sentFor.clear();
        venue.engine.mode = Mode.LATE;
        ask("PATCH", "/api/orders/" + id, "{\"price\":\"2\"}");
        venue.engine.mode = Mode.NORMAL;
        assertThat(names()).hasSize(2).containsOnly(NAME);
    }

    @Test
    void onThreadsThatMayWait() throws Exception {
        ask("GET", "/api/account", "");
        assertThat(names()).isNotEmpty().containsOnly(NAME);
    }

    @Test
    void notThatOfTheRequestBefore() throws Exception {
        place();
        venue.engine.sentFor.clear();
        venue.post("/api/orders", trader, TestClient.order("BUY", "1", "1"));
        venue.post("/api/orders", trader, TestClient.order("BUY", "1", "1"));
        assertThat(names())
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[0-9a-f]{32}"));
    }

    @Test
    void bySocketWithWhatItsClientCallsIt() throws Exception {
        try (SocketClient client = SocketClient.connect(venue.port(), "")) {
            client.send("{\"op\":\"authenticate\",\"token\":\"" + trader.token() + "\"}");
            client.next("authenticated");
            String order = "\"order\":" + TestClient.order("BUY", "1", "1");
            client.send("{\"op\":\"place\",\"id\":\"a\"," + order + "}");
            client.send("{\"op\":\"place\"," + order + "}");
            client.next("order");
            client.next("order");
        }
        assertThat(names()).hasSize(2);
        String connection = names().get(1);
        assertThat(connection).matches("[0-9a-f]{32}");
        assertThat(names().get(0)).isEqualTo(connection + ":a");
    }

    @Test
    void toTheEngineClient() {
        EngineSettings settings = Adapters.engineSettings(TestVenue.settings(Map.of()).engine());
        List<String> names = new ArrayList<>();
        CurrentRequest.during(NAME, () -> names.add(settings.traceId().get()));
        names.add(settings.traceId().get());
        assertThat(names).containsExactly(NAME, "");
    }
}
