package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stolen access token is not enough for. */
class StepUpTest {
    private static final String KEY =
            "\"name\":\"k\",\"algorithm\":\"HMAC_SHA256\",\"scopes\":[\"READ\"]";

    @AutoClose private static final TestVenue venue = TestVenue.started();

    private Trader trader;

    @BeforeEach
    void register() throws Exception {
        trader = venue.register();
    }

    private Answer key(String proof) throws Exception {
        return venue.post("/api/auth/api-keys", trader, "{" + KEY + proof + "}");
    }

    private static String password(String password) {
        return ",\"password\":\"" + password + "\"";
    }

    private int keys() throws Exception {
        return venue.get("/api/auth/api-keys", trader).body().get("api_keys").size();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/auth/api-keys",
                "/api/auth/password",
                "/api/auth/totp",
                "/api/auth/totp/recovery-codes",
                "/api/auth/totp/remove"
            })
    void theTokenAloneIsNotEnough(String path) throws Exception {
        String terms =
                switch (path) {
                    case "/api/auth/api-keys" -> KEY + ",";
                    case "/api/auth/password" -> "\"new_password\":\"some new password\",";
                    default -> "";
                };

        Answer without = venue.post(path, trader, "{" + terms.replaceAll(",$", "") + "}");
        Answer wrong =
                venue.post(path, trader, "{" + terms + "\"password\":\"some other password\"}");

        assertThat(without.status()).isEqualTo(400);
        assertThat(without.body().at("/errors/0/field").asText()).isEqualTo("password");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(keys()).isZero();
    }

    @Test
    void theSecondFactorIsAskedForToo() throws Exception {
        String secret = withSecondFactor();
        String code = TestAuthenticator.code(secret, venue.clock.instant());

        Answer without = key(password(TestClient.PASSWORD));
        Answer wrong = key(password(TestClient.PASSWORD) + code("000000x"));
        Answer with = key(password(TestClient.PASSWORD) + code(code));
        Answer again = key(password(TestClient.PASSWORD) + code(code));

        assertThat(without.code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(with.status()).isEqualTo(201);
        assertThat(again.code()).isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void oneKeyTooManyCostsNoCode() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(key(password(TestClient.PASSWORD)).status()).isEqualTo(201);
        }
        String secret = withSecondFactor();
        String code = code(TestAuthenticator.code(secret, venue.clock.instant()));

        Answer tooMany = key(password(TestClient.PASSWORD) + code);

        assertThat(tooMany.code()).isEqualTo("API_KEY_LIMIT");
        String name = "{\"username\":\"" + trader.name() + "\"";
        String proof = password(TestClient.PASSWORD) + code + "}";
        assertThat(venue.post("/api/auth/login", null, name + proof).status()).isEqualTo(200);
    }

    private static String code(String code) {
        return ",\"code\":\"" + code + "\"";
    }

    /** Returns its secret; the next code is a fresh one. */
    private String withSecondFactor() throws Exception {
        String secret =
                venue.post(
                                "/api/auth/totp",
                                trader,
                                "{" + password(TestClient.PASSWORD).substring(1) + "}")
                        .body()
                        .get("secret")
                        .asText();
        String confirmation =
                "{\"code\":\"" + TestAuthenticator.code(secret, venue.clock.instant()) + "\"}";
        assertThat(venue.post("/api/auth/totp/confirm", trader, confirmation).status())
                .isEqualTo(200);
        venue.clock.advance(Duration.ofSeconds(60));
        return secret;
    }

    @Test
    void guessesCountAsThoseOfSigningInDo() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(key(password("wrong guess " + i)).status()).isEqualTo(401);
            assertThat(signIn("wrong guess " + i).status()).isEqualTo(401);
        }
        assertThat(key(password(TestClient.PASSWORD)).code()).isEqualTo("RATE_LIMITED");
        assertThat(signIn(TestClient.PASSWORD).code()).isEqualTo("RATE_LIMITED");
        venue.clock.advance(Duration.ofMinutes(1));
        assertThat(key(password(TestClient.PASSWORD)).status()).isEqualTo(201);
    }

    private Answer signIn(String password) throws Exception {
        String name = "{\"username\":\"" + trader.name() + "\"";
        return venue.post("/api/auth/login", null, name + password(password) + "}");
    }

    @Test
    void aKeyIsDeletedWithTheSessionAlone() throws Exception {
        String id = key(password(TestClient.PASSWORD)).body().get("id").asText();

        assertThat(venue.delete("/api/auth/api-keys/" + id, trader).status()).isEqualTo(200);
        assertThat(keys()).isZero();
    }

    @Test
    void theAuditLogTellsOfWhatWasRefused() throws Exception {
        assertThat(key(password("some other password")).status()).isEqualTo(401);

        Answer audit =
                venue.admin(
                        "GET",
                        "/api/admin/audit?action=api_key.create&limit=1",
                        venue.registerAdmin(),
                        "");

        assertThat(audit.body().at("/entries/0/outcome").asText()).isEqualTo("DENIED");
    }
}
