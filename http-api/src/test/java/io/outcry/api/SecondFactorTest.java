package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A code beside the password, for who wants it. */
class SecondFactorTest {
    private final String tokenKey = TestVenue.newTokenKey();

    @AutoClose
    private final TestVenue venue = new TestVenue(Map.of("OUTCRY_TOKEN_KEY", tokenKey), List.of());

    private Trader trader;
    private List<String> recovery;

    @BeforeEach
    void start() throws Exception {
        venue.start();
        trader = venue.register();
    }

    private String begin() throws Exception {
        Answer begun = venue.post("/api/auth/totp", trader, proof(TestClient.PASSWORD, null));
        assertThat(begun.status()).isEqualTo(201);
        return begun.body().get("secret").asText();
    }

    /** With a factor that is asked for; the next code is a fresh one. */
    private String confirmed() throws Exception {
        String secret = begin();
        Answer confirmed = confirm(code(secret));
        assertThat(confirmed.status()).isEqualTo(200);
        recovery = recovery(confirmed);
        venue.clock.advance(Duration.ofSeconds(60));
        return secret;
    }

    private static List<String> recovery(Answer answer) {
        List<String> codes = new ArrayList<>();
        answer.body().get("recovery_codes").forEach(code -> codes.add(code.asText()));
        return codes;
    }

    private String code(String secret) throws Exception {
        return TestAuthenticator.code(secret, venue.clock.instant());
    }

    private static String proof(String password, String code) {
        String more = code == null ? "" : ",\"code\":\"" + code + "\"";
        return "{\"password\":\"%s\"%s}".formatted(password, more);
    }

    private Answer login(String password, String code) throws Exception {
        return login(venue, password, code);
    }

    private Answer login(TestVenue replica, String password, String code) throws Exception {
        String name = "{\"username\":\"" + trader.name() + "\",";
        return replica.post("/api/auth/login", null, name + proof(password, code).substring(1));
    }

    private Answer confirm(String code) throws Exception {
        return venue.post("/api/auth/totp/confirm", trader, "{\"code\":\"" + code + "\"}");
    }

    private Answer remove(String password, String code) throws Exception {
        return venue.post("/api/auth/totp/remove", trader, proof(password, code));
    }

    @Test
    void onceConfirmedSigningInTakesACodeThatIsGoodOnce() throws Exception {
        String secret = begin();
        assertThat(login(TestClient.PASSWORD, null).status()).isEqualTo(200);
        assertThat(confirm("000000x").status()).isEqualTo(401);
        assertThat(confirm(code(secret)).status()).isEqualTo(200);

        Answer without = login(TestClient.PASSWORD, null);
        Answer reused = login(TestClient.PASSWORD, code(secret));
        venue.clock.advance(Duration.ofSeconds(60));
        String fresh = code(secret);
        Answer wrongPassword = login("some other password", fresh);
        Answer with = login(TestClient.PASSWORD, fresh);

        assertThat(without.code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(reused.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(wrongPassword.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(with.status()).isEqualTo(200);
        assertThat(login(TestClient.PASSWORD, fresh).status()).isEqualTo(401);
        venue.clock.advance(Duration.ofSeconds(60));
        assertThat(remove(TestClient.PASSWORD, code(secret)).status()).isEqualTo(200);
        assertThat(login(TestClient.PASSWORD, null).status()).isEqualTo(200);
    }

    @Test
    void anActiveOneIsNeitherReplacedNorConfirmedAgain() throws Exception {
        String secret = confirmed();
        String code = code(secret);

        Answer begun = venue.post("/api/auth/totp", trader, proof(TestClient.PASSWORD, code));
        Answer signedIn = login(TestClient.PASSWORD, code);
        venue.clock.advance(Duration.ofSeconds(60));
        Answer again = confirm(code(secret));

        assertThat(begun.code()).isEqualTo("SECOND_FACTOR_ACTIVE");
        assertThat(signedIn.status()).as("with the code that was sent before").isEqualTo(200);
        assertThat(again.code()).isEqualTo("SECOND_FACTOR_ACTIVE");
    }

    @Test
    void removingItTakesThePasswordAndACode() throws Exception {
        String secret = confirmed();

        assertThat(remove(TestClient.PASSWORD, null).code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(remove("some other password", code(secret)).code())
                .isEqualTo("INVALID_CREDENTIALS");
        assertThat(remove(TestClient.PASSWORD, "000000x").code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(login(TestClient.PASSWORD, null).code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(remove(TestClient.PASSWORD, code(secret)).status()).isEqualTo(200);
    }

    @Test
    void oneThatWasNeverConfirmedIsRemovedByThePasswordAlone() throws Exception {
        String secret = begin();

        assertThat(remove(TestClient.PASSWORD, null).status()).isEqualTo(200);
        assertThat(confirm(code(secret)).status()).isEqualTo(404);
    }

    @Test
    void whoeverGuessesCodesMustWaitWithTheRightOneToo() throws Exception {
        String secret = confirmed();
        for (int i = 0; i < 6; i++) {
            assertThat(remove(TestClient.PASSWORD, "000000x").status()).isEqualTo(401);
        }
        assertThat(remove(TestClient.PASSWORD, code(secret)).code()).isEqualTo("RATE_LIMITED");
        venue.clock.advance(Duration.ofMinutes(1));
        assertThat(remove(TestClient.PASSWORD, code(secret)).status()).isEqualTo(200);
    }

    @Test
    void guessesAtWhatIsToBeConfirmedKeepNobodyFromSigningIn() throws Exception {
        String secret = begin();
        for (int i = 0; i < 6; i++) {
            assertThat(confirm("000000x").status()).isEqualTo(401);
        }
        assertThat(confirm(code(secret)).code()).isEqualTo("RATE_LIMITED");
        assertThat(login(TestClient.PASSWORD, null).status()).isEqualTo(200);
    }

    @Test
    void aNewTokenKeyTakesNobodyTheSecondFactorIfTheOldOneGoesOnSealing() throws Exception {
        String secret = confirmed();
        Map<String, String> rotated = Map.of("OUTCRY_TOKEN_KEY", TestVenue.newTokenKey());
        Map<String, String> sealing = new HashMap<>(rotated);
        sealing.put("OUTCRY_SEALING_KEY", tokenKey);

        TestVenue without = venue.startedReplica(TestVenue.settings(rotated));
        Answer unopened = login(without, TestClient.PASSWORD, code(secret));
        Answer recovered = login(without, TestClient.PASSWORD, recovery.get(0));
        without.close();
        TestVenue with = venue.startedReplica(TestVenue.settings(sealing));
        Answer opened = login(with, TestClient.PASSWORD, code(secret));
        with.close();

        assertThat(unopened.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(recovered.status()).isEqualTo(200);
        assertThat(opened.status()).isEqualTo(200);
    }

    @Test
    void eachRecoveryCodeIsGoodOnceInPlaceOfACode() throws Exception {
        assertThat(confirmed()).isNotEmpty();

        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
        assertThat(recovery).allMatch(code -> code.matches("[A-Z2-7]{4}(-[A-Z2-7]{4}){3}"));
        String typed = recovery.get(0).toLowerCase(Locale.ROOT).replace('-', ' ');
        assertThat(login(TestClient.PASSWORD, typed).status()).isEqualTo(200);
        assertThat(login(TestClient.PASSWORD, recovery.get(0)).code())
                .isEqualTo("INVALID_CREDENTIALS");
        assertThat(login("some other password", recovery.get(1)).code())
                .isEqualTo("INVALID_CREDENTIALS");
        assertThat(remove(TestClient.PASSWORD, recovery.get(1)).status()).isEqualTo(200);
        assertThat(login(TestClient.PASSWORD, null).status()).isEqualTo(200);
    }

    @Test
    void anothersRecoveryCodeIsNotGood() throws Exception {
        assertThat(confirmed()).isNotEmpty();
        List<String> theirs = recovery;
        trader = venue.register();
        assertThat(confirmed()).isNotEmpty();

        assertThat(login(TestClient.PASSWORD, theirs.get(0)).code())
                .isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void newRecoveryCodesTakeThePasswordAndACodeAndEndTheOldOnes() throws Exception {
        String secret = confirmed();
        String path = "/api/auth/totp/recovery-codes";

        Answer without = venue.post(path, trader, proof(TestClient.PASSWORD, null));
        Answer renewed = venue.post(path, trader, proof(TestClient.PASSWORD, code(secret)));

        assertThat(without.code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(renewed.status()).isEqualTo(201);
        assertThat(login(TestClient.PASSWORD, recovery.get(0)).status()).isEqualTo(401);
        assertThat(login(TestClient.PASSWORD, recovery(renewed).get(0)).status()).isEqualTo(200);
    }

    @Test
    void guessesAtRecoveryCodesMustWait() throws Exception {
        assertThat(confirmed()).isNotEmpty();
        for (int i = 0; i < 6; i++) {
            assertThat(login(TestClient.PASSWORD, "AAAA-AAAA-AAAA-AAA" + "ABCDEF".charAt(i)).code())
                    .isEqualTo("INVALID_CREDENTIALS");
        }
        assertThat(login(TestClient.PASSWORD, recovery.get(0)).code()).isEqualTo("RATE_LIMITED");
    }

    @Test
    void withoutASecondFactorThereAreNoRecoveryCodes() throws Exception {
        Answer none =
                venue.post(
                        "/api/auth/totp/recovery-codes", trader, proof(TestClient.PASSWORD, null));

        assertThat(none.status()).isEqualTo(404);
    }

    @Test
    void codesOfNoSecondFactorAreNotTaken() throws Exception {
        assertThat(confirm("123456").status()).isEqualTo(404);
        assertThat(remove(TestClient.PASSWORD, "123456").status()).isEqualTo(404);
    }
}
