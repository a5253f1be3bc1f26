package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.FakeEngine.Mode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AuthRoutesTest {
    @AutoClose private final TestVenue venue = TestVenue.started();

    private Answer login(String name, String password) throws Exception {
        return venue.post(
                "/api/auth/login",
                null,
                """
                {"username":"%s","password":"%s"}"""
                        .formatted(name, password));
    }

    @Test
    void aRegistrationOpensAnAccountWithPlayMoney() throws Exception {
        Answer answer = venue.post("/api/auth/register", null, TestClient.registration("alice"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().get("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.body().get("expires_in").asLong()).isEqualTo(43_200);
        assertThat(answer.body().get("user_id").asText()).isNotEmpty();
        Trader alice = new Trader("alice", answer.body().get("access_token").asText());
        Answer account = venue.get("/api/account", alice);
        assertThat(account.body().get("account_id")).isEqualTo(answer.body().get("account_id"));
        assertThat(account.body().get("balances").get(0).get("cash").asText()).isEqualTo("1000000");
    }

    @Test
    void whatAnotherHasIsTakenWithoutRegardToCase() throws Exception {
        venue.post("/api/auth/register", null, TestClient.registration("alice"));

        Answer name = venue.post("/api/auth/register", null, TestClient.registration("Alice"));
        Answer address =
                venue.post(
                        "/api/auth/register",
                        null,
                        TestClient.registration("alice2").replace("alice2@", "ALICE@"));

        assertThat(name.status()).isEqualTo(409);
        assertThat(name.code()).isEqualTo("USERNAME_TAKEN");
        assertThat(address.status()).isEqualTo(409);
        assertThat(address.code()).isEqualTo("EMAIL_TAKEN");
    }

    @Test
    void theRightPasswordSignsIn() throws Exception {
        Trader trader = venue.register();

        Answer answer = login(trader.name(), TestClient.PASSWORD);

        assertThat(answer.status()).isEqualTo(200);
        Trader again = new Trader(trader.name(), answer.body().get("access_token").asText());
        assertThat(venue.get("/api/account", again).status()).isEqualTo(200);
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreAnsweredAlike() throws Exception {
        Trader trader = venue.register();

        Answer wrong = login(trader.name(), "not the password");
        Answer unknown = login("nobody-of-that-name", TestClient.PASSWORD);
        Answer impossible = login("no such name!", TestClient.PASSWORD);

        for (Answer answer : List.of(wrong, unknown, impossible)) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("INVALID_CREDENTIALS");
            assertThat(answer.body().get("detail")).isEqualTo(wrong.body().get("detail"));
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        }
    }

    @Test
    void aRegistrationThatTheEngineRefusedIsCompletedByAnotherOne() throws Exception {
        venue.engine.mode = Mode.REFUSE;
        Answer refused = venue.post("/api/auth/register", null, TestClient.registration("carol"));
        venue.engine.mode = Mode.NORMAL;
        Answer stranger =
                venue.post(
                        "/api/auth/register",
                        null,
                        TestClient.registration("carol")
                                .replace(TestClient.PASSWORD, "something else"));
        Answer completed = venue.post("/api/auth/register", null, TestClient.registration("carol"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("ENGINE_UNAVAILABLE");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(stranger.status()).isEqualTo(409);
        assertThat(completed.status()).isEqualTo(201);
        assertCanTrade(completed);
        assertThat(
                        venue.post("/api/auth/register", null, TestClient.registration("carol"))
                                .status())
                .isEqualTo(409);
    }

    @Test
    void registeringATakenNameAgainAndAgainTellsNoPassword() throws Exception {
        // The wait begins with a second, which hashing may take.
        venue.clock.stop();
        assertThat(register("erin", TestClient.PASSWORD).status()).isEqualTo(201);
        for (int i = 0; i < 6; i++) {
            assertThat(register("erin", "wrong guess " + i).code()).isEqualTo("USERNAME_TAKEN");
        }
        assertThat(register("erin", TestClient.PASSWORD).code()).isEqualTo("RATE_LIMITED");
        assertThat(login("erin", TestClient.PASSWORD).code()).isEqualTo("RATE_LIMITED");
    }

    private Answer register(String name, String password) throws Exception {
        return venue.post(
                "/api/auth/register",
                null,
                TestClient.registration(name).replace(TestClient.PASSWORD, password));
    }

    @Test
    void aRegistrationWithoutAnAnswerIsCompletedBySigningIn() throws Exception {
        venue.engine.mode = Mode.NEVER;
        Answer lost = venue.post("/api/auth/register", null, TestClient.registration("dave"));
        Answer stillLost = login("dave", TestClient.PASSWORD);
        venue.engine.mode = Mode.NORMAL;
        Answer completed = login("dave", TestClient.PASSWORD);

        assertThat(lost.status()).isEqualTo(503);
        assertThat(stillLost.status()).isEqualTo(503);
        assertThat(completed.status()).isEqualTo(200);
        assertCanTrade(completed);
    }

    @Test
    void whoHasAnAccountSignsInWithTheEngineAway() throws Exception {
        Trader trader = venue.register();
        venue.engine.mode = Mode.REFUSE;

        assertThat(login(trader.name(), TestClient.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void withoutTheDatabaseNobodySignsInOrRegisters() throws Exception {
        Trader trader = venue.register();
        venue.stores.databaseAway = true;

        Answer login = login(trader.name(), TestClient.PASSWORD);
        Answer register = venue.post("/api/auth/register", null, TestClient.registration("erin"));

        for (Answer answer : List.of(login, register)) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("DATABASE_UNAVAILABLE");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void moreSignInsThanCanWaitAreTurnedAway() throws Exception {
        try (TestVenue small =
                new TestVenue(
                        Map.of("OUTCRY_HASH_THREADS", "1", "OUTCRY_HASH_QUEUE", "1"), List.of())) {
            small.start();
            List<Answer> answers = flood(small, 16);

            assertThat(answers).extracting(Answer::status).containsOnly(401, 503);
            Answer turnedAway =
                    answers.stream().filter(answer -> answer.status() == 503).findFirst().get();
            assertThat(turnedAway.code()).isEqualTo("OVERLOADED");
            assertThat(turnedAway.header("Retry-After")).isEqualTo("2");
        }
    }

    private static List<Answer> flood(TestVenue venue, int count) {
        var threads = Executors.newFixedThreadPool(count);
        try {
            List<CompletableFuture<Answer>> sent = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                sent.add(
                        CompletableFuture.supplyAsync(
                                () -> {
                                    try {
                                        return venue.post(
                                                "/api/auth/login",
                                                null,
                                                """
                                                {"username":"nobody","password":"nothing"}""");
                                    } catch (Exception e) {
                                        throw new IllegalStateException(e);
                                    }
                                },
                                threads));
            }
            return sent.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    private void assertCanTrade(Answer signedIn) throws Exception {
        Trader trader = new Trader("", signedIn.body().get("access_token").asText());
        assertThat(venue.post("/api/orders", trader, TestClient.order("BUY", "1", "1")).status())
                .isEqualTo(201);
    }
}
