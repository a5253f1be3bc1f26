package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that are signed, and what must not pass for one. */
class ApiKeyTest {
    private static final String ORDERS = "/api/orders";

    @AutoClose private static final TestVenue venue = TestVenue.started();

    private Trader trader;

    @BeforeEach
    void register() throws Exception {
        trader = venue.register();
    }

    private SigningKey ed25519(String terms) throws Exception {
        return SigningKey.ed25519(venue, trader, terms);
    }

    private SigningKey hmac() throws Exception {
        return SigningKey.hmac(venue, trader, "\"scopes\":[\"read\",\"trade\"]");
    }

    private Answer create(String body) throws Exception {
        String proven = body.replaceAll("}$", ",\"password\":\"" + TestClient.PASSWORD + "\"}");
        return venue.post("/api/auth/api-keys", trader, proven);
    }

    private static long now() {
        Instant now = venue.clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private static byte[] signature(
            SigningKey key, long time, String method, String target, String body) throws Exception {
        return key.signature(time, method, target, body);
    }

    private static Answer send(
            SigningKey key, long time, byte[] signature, String method, String target, String body)
            throws Exception {
        HttpRequest.Builder request =
                venue.request(target, null)
                        .header("Outcry-Key", key.id())
                        .header("Outcry-Timestamp", Long.toString(time))
                        .header("Outcry-Signature", Base64.getEncoder().encodeToString(signature));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return venue.send(request.method(method, BodyPublishers.ofString(body)).build());
    }

    private static Answer signed(SigningKey key, String method, String target, String body)
            throws Exception {
        long time = now();
        return send(key, time, signature(key, time, method, target, body), method, target, body);
    }

    @Test
    void aSignedRequestIsTheOwners() throws Exception {
        for (SigningKey key :
                new SigningKey[] {ed25519("\"scopes\":[\"READ\",\"TRADE\"]"), hmac()}) {
            Answer placed = signed(key, "POST", ORDERS, TestClient.order("BUY", "2", "1"));
            assertThat(placed.status()).as(placed.body().toString()).isEqualTo(201);
            Answer listed = signed(key, "GET", ORDERS + "?symbol=AAPL&limit=1", "");
            assertThat(listed.body().get("orders").get(0).get("id"))
                    .isEqualTo(placed.body().get("id"));
        }
        assertThat(venue.get(ORDERS, trader).body().get("orders")).hasSize(2);
    }

    @Test
    void aKeyDoesWhatItsScopesSayAndNeverManagesAccess() throws Exception {
        SigningKey reader = ed25519("\"scopes\":[\"READ\"]");
        SigningKey writer = ed25519("\"scopes\":[\"TRADE\"]");

        assertThat(signed(reader, "GET", "/api/account", "").status()).isEqualTo(200);
        assertThat(signed(reader, "POST", ORDERS, TestClient.order("BUY", "2", "1")).status())
                .isEqualTo(403);
        assertThat(signed(writer, "DELETE", ORDERS, "").status()).isEqualTo(200);
        assertThat(signed(writer, "GET", "/api/account", "").code()).isEqualTo("FORBIDDEN");
        assertThat(signed(writer, "GET", "/api/auth/api-keys", "").status()).isEqualTo(403);
        assertThat(signed(writer, "POST", "/api/auth/logout", "").status()).isEqualTo(403);
    }

    @Test
    void aSignatureCountsOnceOnAllReplicas() throws Exception {
        SigningKey key = ed25519("\"scopes\":[\"TRADE\"]");
        String body = TestClient.order("BUY", "2", "1");
        long time = now();
        byte[] signature = signature(key, time, "POST", ORDERS, body);

        assertThat(send(key, time, signature, "POST", ORDERS, body).status()).isEqualTo(201);
        Answer again = send(key, time, signature, "POST", ORDERS, body);

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.body().get("detail").asText()).contains("used before");
        assertThat(venue.get(ORDERS, trader).body().get("orders")).hasSize(1);
    }

    @Test
    void aSignatureOutsideOfItsWindowIsRefused() throws Exception {
        for (SigningKey key : new SigningKey[] {ed25519("\"scopes\":[\"READ\"]"), hmac()}) {
            for (long seconds : new long[] {-3600, -60, -6, 2, 60, 3600}) {
                long time = now() + seconds * 1_000_000_000L;
                byte[] signature = signature(key, time, "GET", ORDERS, "");
                Answer answer = send(key, time, signature, "GET", ORDERS, "");
                assertThat(answer.status()).as(seconds + " s").isEqualTo(401);
                assertThat(answer.body().get("detail").asText()).contains("Outcry-Timestamp");
            }
        }
    }

    @Test
    void noOtherMethodTargetBodyTimeOrKeyPasses() throws Exception {
        SigningKey key = ed25519("\"scopes\":[\"READ\",\"TRADE\"]");
        SigningKey other = ed25519("\"scopes\":[\"READ\",\"TRADE\"]");
        String body = TestClient.order("BUY", "2", "1");
        String target = ORDERS + "?limit=5";
        long time = now();

        byte[] get = signature(key, time, "GET", target, "");
        assertThat(send(key, time, get, "DELETE", target, "").status()).isEqualTo(401);
        assertThat(send(key, time, get, "GET", ORDERS + "?limit=6", "").status()).isEqualTo(401);
        assertThat(send(key, time, get, "GET", ORDERS, "").status()).isEqualTo(401);
        assertThat(send(key, time + 1, get, "GET", target, "").status()).isEqualTo(401);
        assertThat(send(other, time, get, "GET", target, "").status()).isEqualTo(401);
        byte[] post = signature(key, time, "POST", ORDERS, body);
        assertThat(send(key, time, post, "POST", ORDERS, body.replace("\"2\"", "\"3\"")).status())
                .isEqualTo(401);
        assertThat(send(key, time, post, "POST", ORDERS + "/batch", body).status()).isEqualTo(401);
        assertThat(send(key, time, get, "GET", target, "").status()).isEqualTo(200);
    }

    @Test
    void aKeyIsForItsAddressesAlone() throws Exception {
        SigningKey here =
                ed25519("\"scopes\":[\"READ\"],\"addresses\":[\"10.0.0.0/8\",\"127.0.0.1\"]");
        SigningKey elsewhere = ed25519("\"scopes\":[\"READ\"],\"addresses\":[\"192.0.2.0/24\"]");

        assertThat(signed(here, "GET", "/api/account", "").status()).isEqualTo(200);
        Answer refused = signed(elsewhere, "GET", "/api/account", "");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body().get("detail").asText()).contains("address");
    }

    @Test
    void aDeletedKeyIsOutOnEveryReplica() throws Exception {
        SigningKey key = ed25519("\"scopes\":[\"READ\"]");
        assertThat(signed(key, "GET", "/api/account", "").status()).isEqualTo(200);

        Answer others = venue.delete("/api/auth/api-keys/" + key.id(), venue.register());
        Answer own = venue.delete("/api/auth/api-keys/" + key.id(), trader);

        assertThat(others.status()).isEqualTo(404);
        assertThat(own.status()).isEqualTo(200);
        assertThat(signed(key, "GET", "/api/account", "").status()).isEqualTo(401);
        assertThat(venue.get("/api/auth/api-keys", trader).body().get("api_keys")).isEmpty();
    }

    @Test
    void aKeyIsDeletedWhereItsAnswerSays() throws Exception {
        Answer made =
                create("{\"name\":\"h\",\"algorithm\":\"HMAC_SHA256\",\"scopes\":[\"READ\"]}");

        assertThat(venue.delete(made.header("Location"), trader).status()).isEqualTo(200);
        assertThat(venue.get("/api/auth/api-keys", trader).body().get("api_keys")).isEmpty();
    }

    @Test
    void aSecretIsShownOnceAndKeysAreFew() throws Exception {
        SigningKey key = hmac();

        JsonNode listed = venue.get("/api/auth/api-keys", trader).body().get("api_keys").get(0);

        assertThat(listed.get("id").asText()).isEqualTo(key.id());
        assertThat(listed.has("secret")).isFalse();
        for (int i = 1; i < 20; i++) {
            hmac();
        }
        Answer tooMany =
                create("{\"name\":\"h\",\"algorithm\":\"HMAC_SHA256\",\"scopes\":[\"READ\"]}");
        assertThat(tooMany.status()).isEqualTo(409);
        assertThat(tooMany.code()).isEqualTo("API_KEY_LIMIT");
    }

    @Test
    void aKeyThatCannotBeIsRefusedWithItsField() throws Exception {
        String[][] wrong = {
            {"{\"name\":\"k\",\"scopes\":[\"READ\"]}", "public_key"},
            {"{\"name\":\"k\",\"scopes\":[\"READ\"],\"public_key\":\"AAAA\"}", "public_key"},
            {"{\"name\":\"k\",\"scopes\":[],\"algorithm\":\"HMAC_SHA256\"}", "scopes"},
            {"{\"name\":\"k\",\"scopes\":[\"ADMIN\"],\"algorithm\":\"HMAC_SHA256\"}", "scopes"},
            {"{\"name\":\"k\",\"scopes\":\"READ\",\"algorithm\":\"HMAC_SHA256\"}", "scopes"},
            {
                "{\"name\":\"k\",\"scopes\":[\"READ\"],\"algorithm\":\"HMAC_SHA256\","
                        + "\"addresses\":[\"example.com\"]}",
                "addresses"
            }
        };
        for (String[] each : wrong) {
            Answer answer = create(each[0]);
            assertThat(answer.status()).as(each[0]).isEqualTo(400);
            assertThat(answer.body().get("errors").findValuesAsText("field"))
                    .as(each[0])
                    .contains(each[1]);
        }
    }

    @Test
    void aKeyDeletedElsewhereIsOutHereToo() throws Exception {
        SigningKey key = ed25519("\"scopes\":[\"READ\"]");
        assertThat(signed(key, "GET", "/api/account", "").status()).isEqualTo(200);
        try (TestVenue other = venue.startedReplica()) {
            other.delete("/api/auth/api-keys/" + key.id(), trader);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> signed(key, "GET", "/api/account", "").status() == 401);
        }
    }
}
