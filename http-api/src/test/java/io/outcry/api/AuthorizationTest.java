package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import io.outcry.api.auth.AccessTokens;
import io.outcry.api.auth.TokenKey;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.User;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of every kind before routes of every kind. */
class AuthorizationTest {
    private static final String NO_TOKEN = "an Authorization header";

    @AutoClose private static final TestVenue venue = TestVenue.started();
    private static Trader trader;
    private static Trader expired;
    private static Trader forged;

    @BeforeAll
    static void start() throws Exception {
        expired = venue.register();
        venue.clock.advance(Duration.ofHours(13));
        trader = venue.register();
        TokenKey otherKey = TokenKey.parse(TestVenue.newTokenKey());
        User user =
                new User(
                        UUID.randomUUID(),
                        "mallory",
                        "m@example.com",
                        null,
                        "",
                        new AccountId(1),
                        User.Role.ADMIN,
                        User.STANDARD,
                        Instant.EPOCH);
        forged =
                new Trader(
                        "mallory",
                        new AccessTokens(
                                        otherKey,
                                        Duration.ofHours(1),
                                        venue.clock,
                                        session -> false)
                                .issue(user, UUID.randomUUID())
                                .token());
    }

    /** Those of every kind of access; that each route has its access, another test holds. */
    static Stream<Arguments> privateRoutes() {
        return Stream.of(
                arguments("POST", "/api/orders"),
                arguments("POST", "/api/orders/batch"),
                arguments("GET", "/api/orders"),
                arguments("PATCH", "/api/orders/1"),
                arguments("DELETE", "/api/orders/1"),
                arguments("GET", "/api/account"),
                arguments("POST", "/api/auth/api-keys"));
    }

    private static Answer send(String method, String path, String authorization) throws Exception {
        var request =
                venue.request(path, null)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(method.equals("POST") ? "{}" : ""));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return venue.send(request.build());
    }

    @ParameterizedTest
    @MethodSource("privateRoutes")
    void aPrivateRouteLetsInWhoHasAValidTokenAndNobodyElse(String method, String path)
            throws Exception {
        String token = trader.token();
        String flipped = token.substring(0, token.length() - 2) + flip(token);
        String unsigned = token.substring(0, token.lastIndexOf('.') + 1);

        assertThat(send(method, path, "Bearer " + token).status()).isNotIn(401, 403, 500);
        assertRefused(send(method, path, null), NO_TOKEN);
        assertRefused(send(method, path, "Bearer " + expired.token()), "expired");
        assertRefused(send(method, path, "Bearer " + forged.token()), "not valid");
        assertRefused(send(method, path, "Bearer " + flipped), "not valid");
        assertRefused(send(method, path, "Bearer " + unsigned), "not valid");
        assertRefused(send(method, path, "Bearer x"), "not valid");
        assertRefused(send(method, path, "Bearer " + "x".repeat(4000)), "not valid");
        assertRefused(send(method, path, "Basic YTpi"), "must be Bearer");
    }

    private static String flip(String token) {
        char last = token.charAt(token.length() - 2);
        return (last == 'A' ? "B" : "A") + token.charAt(token.length() - 1);
    }

    private static void assertRefused(Answer answer, String detail) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.body().get("detail").asText()).contains(detail);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }
}
