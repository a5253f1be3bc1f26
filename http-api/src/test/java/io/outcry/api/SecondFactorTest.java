package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A code beside the password, for who wants it. */
class SecondFactorTest {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final String tokenKey = TestVenue.newTokenKey();

    @AutoClose
    private final TestVenue venue = new TestVenue(Map.of("OUTCRY_TOKEN_KEY", tokenKey), List.of());

    private Trader trader;

    @BeforeEach
    void start() throws Exception {
        venue.start();
        trader = venue.register();
    }

    private String code(String secret) throws Exception {
        BigInteger bits = BigInteger.ZERO;
        for (int i = 0; i < secret.length(); i++) {
            bits = bits.shiftLeft(5).add(BigInteger.valueOf(BASE32.indexOf(secret.charAt(i))));
        }
        byte[] bytes = new byte[20];
        byte[] digits = bits.toByteArray();
        int from = Math.max(0, digits.length - bytes.length);
        int length = digits.length - from;
        System.arraycopy(digits, from, bytes, bytes.length - length, length);
        return new TimeBasedOneTimePasswordGenerator()
                .generateOneTimePasswordString(
                        new SecretKeySpec(bytes, "HmacSHA1"), venue.clock.instant());
    }

    private Answer login(String password, String code) throws Exception {
        return login(venue, password, code);
    }

    private Answer login(TestVenue replica, String password, String code) throws Exception {
        String more = code == null ? "" : ",\"code\":\"" + code + "\"";
        return replica.post(
                "/api/auth/login",
                null,
                "{\"username\":\"%s\",\"password\":\"%s\"%s}"
                        .formatted(trader.name(), password, more));
    }

    private Answer show(String route, String code) throws Exception {
        return venue.post("/api/auth/totp/" + route, trader, "{\"code\":\"" + code + "\"}");
    }

    @Test
    void onceConfirmedSigningInTakesACodeThatIsGoodOnce() throws Exception {
        String secret = venue.post("/api/auth/totp", trader, "").body().get("secret").asText();
        assertThat(login(TestClient.PASSWORD, null).status()).isEqualTo(200);
        assertThat(show("confirm", "000000x").status()).isEqualTo(401);
        assertThat(show("confirm", code(secret)).status()).isEqualTo(200);

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
        assertThat(venue.post("/api/auth/totp", trader, "").code())
                .isEqualTo("SECOND_FACTOR_ACTIVE");
        venue.clock.advance(Duration.ofSeconds(60));
        assertThat(show("remove", code(secret)).status()).isEqualTo(200);
        assertThat(login(TestClient.PASSWORD, null).status()).isEqualTo(200);
    }

    @Test
    void whoeverGuessesCodesMustWaitWithTheRightOneToo() throws Exception {
        String secret = venue.post("/api/auth/totp", trader, "").body().get("secret").asText();
        assertThat(show("confirm", code(secret)).status()).isEqualTo(200);
        venue.clock.advance(Duration.ofSeconds(60));
        for (int i = 0; i < 6; i++) {
            assertThat(show("remove", "000000x").status()).isEqualTo(401);
        }
        assertThat(show("remove", code(secret)).code()).isEqualTo("RATE_LIMITED");
        assertThat(login(TestClient.PASSWORD, null).code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        venue.clock.advance(Duration.ofMinutes(1));
        assertThat(show("remove", code(secret)).status()).isEqualTo(200);
    }

    @Test
    void aNewTokenKeyTakesNobodyTheSecondFactorIfTheOldOneGoesOnSealing() throws Exception {
        String secret = venue.post("/api/auth/totp", trader, "").body().get("secret").asText();
        assertThat(show("confirm", code(secret)).status()).isEqualTo(200);
        venue.clock.advance(Duration.ofSeconds(60));
        Map<String, String> rotated = Map.of("OUTCRY_TOKEN_KEY", TestVenue.newTokenKey());
        Map<String, String> sealing = new HashMap<>(rotated);
        sealing.put("OUTCRY_SEALING_KEY", tokenKey);

        TestVenue without = venue.startedReplica(TestVenue.settings(rotated));
        Answer unopened = login(without, TestClient.PASSWORD, code(secret));
        without.close();
        TestVenue with = venue.startedReplica(TestVenue.settings(sealing));
        Answer opened = login(with, TestClient.PASSWORD, code(secret));
        with.close();

        assertThat(unopened.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(opened.status()).isEqualTo(200);
    }

    @Test
    void codesOfNoSecondFactorAreNotTaken() throws Exception {
        assertThat(show("confirm", "123456").status()).isEqualTo(404);
        assertThat(show("remove", "123456").status()).isEqualTo(404);
    }
}
