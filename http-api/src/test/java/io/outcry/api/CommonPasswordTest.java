package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Passwords that are guessed first, where the venue faces the internet. */
class CommonPasswordTest {
    private static Answer register(TestVenue venue, String name, String password) throws Exception {
        return venue.post(
                "/api/auth/register",
                null,
                TestClient.registration(name).replace(TestClient.PASSWORD, password));
    }

    private static void assertRefused(Answer answer, String field) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("errors").get(0).get("field").asText()).isEqualTo(field);
        assertThat(answer.body().toString()).contains("most common passwords");
    }

    @Test
    void aProductionVenueTakesNone() throws Exception {
        try (TestVenue venue =
                new TestVenue(
                        Map.of("OUTCRY_PROFILE", "production", "OUTCRY_DRAIN_DELAY_MS", "0"),
                        List.of())) {
            venue.start();
            assertRefused(register(venue, "mallory", "password123"), "password");
            assertRefused(register(venue, "mallory", "TrustNo1"), "password");
            Trader trader = venue.register();
            String change =
                    "{\"password\":\"%s\",\"new_password\":\"Password123\"}"
                            .formatted(TestClient.PASSWORD);
            assertRefused(venue.post("/api/auth/password", trader, change), "new_password");
        }
    }

    @Test
    void aPaperVenueTakesThem() throws Exception {
        try (TestVenue venue = TestVenue.started()) {
            assertThat(register(venue, "mallory", "password123").status()).isEqualTo(201);
        }
    }
}
