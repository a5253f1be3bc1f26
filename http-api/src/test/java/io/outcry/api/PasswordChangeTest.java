package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import io.outcry.domain.store.AuditLog;
import io.outcry.domain.store.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new password, and what ends with the old one. */
class PasswordChangeTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NEW = "another horse, another staple";

    @AutoClose private static final TestVenue venue = TestVenue.started();

    private JsonNode registered;
    private Trader trader;

    @BeforeEach
    void register() throws Exception {
        String name = "p-" + UUID.randomUUID().toString().substring(0, 8);
        registered = venue.post("/api/auth/register", null, TestClient.registration(name)).body();
        trader = trader(registered);
    }

    private static Trader trader(JsonNode signedIn) {
        return new Trader(signedIn.get("username").asText(), signedIn.get("access_token").asText());
    }

    private static String change(String password, String next) {
        return "{\"password\":\"%s\",\"new_password\":\"%s\"}".formatted(password, next);
    }

    private Answer change(Trader session, String body) throws Exception {
        return venue.post("/api/auth/password", session, body);
    }

    private Answer login(String password) throws Exception {
        String body =
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(trader.name(), password);
        return venue.post("/api/auth/login", null, body);
    }

    private static Answer refresh(JsonNode signedIn) throws Exception {
        String token = signedIn.get("refresh_token").asText();
        return venue.post("/api/auth/refresh", null, "{\"refresh_token\":\"" + token + "\"}");
    }

    private List<AuditLog.Entry> noted(String action) {
        return venue.access.list(action, new Page(Long.MAX_VALUE, 100)).stream()
                .map(AuditLog.Numbered::entry)
                .filter(entry -> entry.subject().equals(registered.get("user_id").asText()))
                .toList();
    }

    @Test
    void fromThenOnSigningInTakesTheNewOne() throws Exception {
        Answer changed = change(trader, change(TestClient.PASSWORD, NEW));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().get("password_changed").asBoolean()).isTrue();
        assertThat(changed.body().get("sessions_ended").asInt()).isZero();
        assertThat(login(TestClient.PASSWORD).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(login(NEW).status()).isEqualTo(200);
        assertThat(change(trader, change(NEW, TestClient.PASSWORD)).status()).isEqualTo(200);
    }

    @Test
    void theOtherSessionsEndEverywhereAndTheOneThatAskedGoesOn() throws Exception {
        JsonNode other = login(TestClient.PASSWORD).body();
        JsonNode third = login(TestClient.PASSWORD).body();
        Trader bystander = venue.register();
        try (TestVenue replica = venue.startedReplica()) {
            assertThat(replica.get("/api/account", trader(other)).status()).isEqualTo(200);

            Answer changed = change(trader, change(TestClient.PASSWORD, NEW));

            assertThat(changed.body().get("sessions_ended").asInt()).isEqualTo(2);
            for (JsonNode ended : List.of(other, third)) {
                assertThat(venue.get("/api/account", trader(ended)).status()).isEqualTo(401);
                assertThat(refresh(ended).status()).isEqualTo(401);
            }
            await().atMost(SOON)
                    .until(() -> replica.get("/api/account", trader(other)).status() == 401);
            assertThat(replica.get("/api/account", trader).status()).isEqualTo(200);
        }
        assertThat(venue.get("/api/account", trader).status()).isEqualTo(200);
        assertThat(venue.get("/api/account", bystander).status()).isEqualTo(200);
        assertThat(refresh(registered).status()).isEqualTo(200);
    }

    @Test
    void keysOfProgramsStay() throws Exception {
        ApiRobot robot = ApiRobot.of(venue, trader, "READ");

        assertThat(change(trader, change(TestClient.PASSWORD, NEW)).status()).isEqualTo(200);

        assertThat(robot.send(venue.port(), "GET", "/api/account", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 129})
    void theNewOneIsHeldToTheRulesOfRegistration(int length) throws Exception {
        Answer refused = change(trader, change(TestClient.PASSWORD, "x".repeat(length)));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo("new_password");
        assertThat(refused.body().at("/errors/0/reason").asText())
                .isEqualTo("must have 8 to 128 characters");
        assertThat(login(TestClient.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void withoutANewOneNothingIsChanged() throws Exception {
        Answer refused = change(trader, "{\"password\":\"" + TestClient.PASSWORD + "\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo("new_password");
        assertThat(login(TestClient.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void ofManyChangesAtOnceOneIsMade() throws Exception {
        List<Trader> sessions = new ArrayList<>(List.of(trader));
        for (int i = 0; i < 3; i++) {
            sessions.add(trader(login(TestClient.PASSWORD).body()));
        }
        ExecutorService threads = Executors.newFixedThreadPool(sessions.size());
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            Trader session = sessions.get(i);
            String body = change(TestClient.PASSWORD, "new password " + i);
            answers.add(threads.submit(() -> change(session, body)));
        }
        List<Integer> made = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i).get();
            assertThat(answer.status()).isIn(200, 401);
            if (answer.status() == 200) {
                made.add(i);
            }
        }
        threads.shutdown();

        assertThat(made).hasSize(1);
        assertThat(login("new password " + made.get(0)).status()).isEqualTo(200);
    }

    @Test
    void wrongGuessesCountAsThoseOfSigningInDo() throws Exception {
        for (int i = 0; i < 6; i++) {
            assertThat(change(trader, change("wrong guess " + i, NEW)).code())
                    .isEqualTo("INVALID_CREDENTIALS");
        }
        assertThat(change(trader, change(TestClient.PASSWORD, NEW)).code())
                .isEqualTo("RATE_LIMITED");
        assertThat(login(TestClient.PASSWORD).code()).isEqualTo("RATE_LIMITED");
        venue.clock.advance(Duration.ofMinutes(1));
        assertThat(change(trader, change(TestClient.PASSWORD, NEW)).status()).isEqualTo(200);
    }

    @Test
    void theSecondFactorIsAskedForAndAUsedRecoveryCodeIsNoted() throws Exception {
        String password = "{\"password\":\"" + TestClient.PASSWORD + "\"}";
        String secret =
                venue.post("/api/auth/totp", trader, password).body().get("secret").asText();
        String code = TestAuthenticator.code(secret, venue.clock.instant());
        JsonNode recovery =
                venue.post("/api/auth/totp/confirm", trader, "{\"code\":\"" + code + "\"}")
                        .body()
                        .get("recovery_codes");
        String body = change(TestClient.PASSWORD, NEW);

        assertThat(change(trader, body).code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(change(trader, withCode(body, code)).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(noted("second_factor.begin")).hasSize(1);
        assertThat(noted("second_factor.recovery_code")).isEmpty();
        String first = withCode(body, recovery.get(0).asText());
        assertThat(change(trader, first).status()).isEqualTo(200);
        String signIn = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(trader.name(), NEW);
        String second = withCode(signIn, recovery.get(1).asText());
        assertThat(venue.post("/api/auth/login", null, second).status()).isEqualTo(200);
        assertThat(venue.post("/api/auth/login", null, second).status()).isEqualTo(401);
        assertThat(noted("second_factor.recovery_code")).hasSize(2);
        assertThat(noted("second_factor.recovery_code").toString())
                .doesNotContain(recovery.get(0).asText(), recovery.get(1).asText());
    }

    private static String withCode(String body, String code) {
        return body.replace("}", ",\"code\":\"" + code + "\"}");
    }

    @Test
    void theAuditLogTellsOfItWithoutSecrets() throws Exception {
        change(trader, change("some other password", NEW));
        change(trader, change(TestClient.PASSWORD, NEW));

        assertThat(noted("password.change"))
                .extracting(AuditLog.Entry::outcome)
                .containsExactly("DONE", "DENIED");
        assertThat(noted("password.change").toString())
                .doesNotContain(NEW, TestClient.PASSWORD, "some other password", "argon2");
    }
}
