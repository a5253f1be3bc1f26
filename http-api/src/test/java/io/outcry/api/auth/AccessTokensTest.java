package io.outcry.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.outcry.api.http.Caller;
import io.outcry.api.http.Route.Access;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.User;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final UUID SESSION = UUID.randomUUID();
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final User USER =
            new User(
                    UUID.randomUUID(),
                    "alice",
                    "a@example.com",
                    null,
                    "",
                    new AccountId(7),
                    User.Role.TRADER,
                    User.STANDARD,
                    NOW);

    private static TokenKey key;
    private static String pem;

    @BeforeAll
    static void makeKey() throws Exception {
        pem = pem("secp256r1");
        key = TokenKey.parse(pem);
    }

    private static String pem(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END PRIVATE KEY-----";
    }

    private static AccessTokens at(Instant time) {
        return new AccessTokens(key, LIFETIME, Clock.fixed(time, ZoneOffset.UTC), session -> false);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("someone")
                .issuer("outcry")
                .audience("outcry-api")
                .claim("acct", 7L)
                .claim("role", "TRADER")
                .claim("sid", SESSION.toString())
                .notBeforeTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    private static String signed(JWTClaimsSet claims) throws Exception {
        return signed(claims, new JOSEObjectType("at+jwt"));
    }

    private static String signed(JWTClaimsSet claims, JOSEObjectType type) throws Exception {
        SignedJWT jwt =
                new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).build(), claims);
        jwt.sign(new ECDSASigner(key.pair()));
        return jwt.serialize();
    }

    private static void assertRefused(String token) {
        assertThatThrownBy(() -> at(NOW).authenticate("Bearer " + token))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("UNAUTHENTICATED");
    }

    @Test
    void anIssuedTokenNamesItsUserUntilItExpires() {
        String header = "Bearer " + at(NOW).issue(USER, SESSION).token();

        Caller caller = at(NOW.plus(LIFETIME).minusSeconds(1)).authenticate(header);

        assertThat(caller)
                .isEqualTo(
                        new Caller(
                                USER.id().toString(),
                                new AccountId(7),
                                User.Role.TRADER,
                                User.STANDARD,
                                SESSION,
                                NOW.plus(LIFETIME),
                                Set.of(Access.READ, Access.TRADE, Access.ANY, Access.SESSION)));
        assertThatThrownBy(() -> at(NOW.plus(LIFETIME)).authenticate(header))
                .hasMessageContaining("expired");
    }

    @Test
    void aRememberedTokenExpiresToo() {
        var clock =
                new Object() {
                    Instant now = NOW;
                };
        AccessTokens tokens =
                new AccessTokens(
                        key,
                        LIFETIME,
                        new Clock() {
                            @Override
                            public java.time.ZoneId getZone() {
                                return ZoneOffset.UTC;
                            }

                            @Override
                            public Clock withZone(java.time.ZoneId zone) {
                                return this;
                            }

                            @Override
                            public Instant instant() {
                                return clock.now;
                            }
                        },
                        session -> false);
        String header = "Bearer " + tokens.issue(USER, SESSION).token();
        assertThat(tokens.authenticate(header)).isEqualTo(tokens.authenticate(header));

        clock.now = NOW.plus(LIFETIME);

        assertThatThrownBy(() -> tokens.authenticate(header)).hasMessageContaining("expired");
    }

    @Test
    void aTokenOfAnotherReplicaWithTheSameKeyIsValid() {
        String token = at(NOW).issue(USER, SESSION).token();
        AccessTokens other =
                new AccessTokens(
                        TokenKey.parse(pem),
                        LIFETIME,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        session -> false);

        assertThat(other.authenticate("bearer " + token).accountId()).isEqualTo(new AccountId(7));
    }

    @Test
    void tokensForOtherPurposesAreRefused() throws Exception {
        assertThat(at(NOW).authenticate("Bearer " + signed(claims().build()))).isNotNull();
        assertRefused(signed(claims().issuer("else").build()));
        assertRefused(signed(claims().audience("else").build()));
        assertRefused(signed(claims().claim("acct", null).build()));
        assertRefused(signed(claims().claim("acct", -1L).build()));
        assertRefused(signed(claims().claim("acct", "seven").build()));
        assertRefused(signed(claims().claim("role", "KING").build()));
        assertRefused(signed(claims().subject(null).build()));
        assertRefused(signed(claims().expirationTime(null).build()));
        assertRefused(signed(claims().notBeforeTime(Date.from(NOW.plusSeconds(9))).build()));
        assertRefused(signed(claims().build(), JOSEObjectType.JWT));
    }

    @Test
    void otherAlgorithmsAreRefused() throws Exception {
        SignedJWT mac =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(new JOSEObjectType("at+jwt"))
                                .build(),
                        claims().build());
        mac.sign(new MACSigner(key.pair().toECPublicKey().getEncoded()));

        assertRefused(mac.serialize());
        assertRefused(new PlainJWT(claims().build()).serialize());
    }

    @Test
    void keysOfOtherKindsAreRefused() throws Exception {
        String other = pem("secp384r1");

        assertThatThrownBy(() -> TokenKey.parse("secret")).hasMessageContaining("not PEM");
        assertThatThrownBy(() -> TokenKey.parse(other)).hasMessageContaining("P-256");
        assertThatThrownBy(() -> TokenKey.parse(pem.replace("\nM", "\n!")))
                .hasMessageContaining("not base64");
        assertThatThrownBy(() -> TokenKey.parse(pem.replace("\nM", "\nAAAAM")))
                .hasMessageContaining("not an EC private key");
    }

    @Test
    void theKeyIsNotInItsText() {
        assertThat(key.toString()).doesNotContain(key.pair().getD().toString());
    }
}
