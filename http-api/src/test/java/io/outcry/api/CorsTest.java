package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.TestClient.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages of other origins. */
class CorsTest {
    private static final String ALLOWED = "https://app.example.com";

    private static HttpResponse<String> preflight(TestVenue venue, String origin) throws Exception {
        return venue.sendUnchecked(
                venue.request("/api/orders", null)
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "authorization,content-type")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build());
    }

    private static String allowed(HttpResponse<String> response) {
        return response.headers().firstValue("Access-Control-Allow-Origin").orElse("");
    }

    @Test
    void onlyPagesOfListedOriginsMayCall() throws Exception {
        try (TestVenue venue = new TestVenue(Map.of("OUTCRY_CORS_ORIGINS", ALLOWED), List.of())) {
            venue.start();

            assertThat(allowed(preflight(venue, ALLOWED))).isEqualTo(ALLOWED);
            assertThat(allowed(preflight(venue, ALLOWED + ".evil.test"))).isEmpty();
            assertThat(allowed(preflight(venue, "https://appxexample.com"))).isEmpty();
            HttpRequest order =
                    venue.request("/api/orders", venue.register())
                            .header("Origin", ALLOWED)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(TestClient.order("BUY", "1", "1")))
                            .build();
            Answer placed = venue.send(order);
            assertThat(placed.status()).isEqualTo(201);
            assertThat(allowed(placed.http())).isEqualTo(ALLOWED);
            assertThat(placed.header("Access-Control-Expose-Headers"))
                    .contains("Location", "Content-Disposition");
        }
    }

    @Test
    void unlessOriginsAreListedNoneMayCall() throws Exception {
        try (TestVenue venue = TestVenue.started()) {
            assertThat(allowed(preflight(venue, ALLOWED))).isEmpty();
        }
    }
}
