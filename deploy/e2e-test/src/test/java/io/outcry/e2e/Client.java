package io.outcry.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Speaks to a venue over HTTP, as one user or as nobody. Immutable; thread-safe. */
final class Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final HttpClient http;
    private final URI venue;
    private final @Nullable String token;
    private final long accountId;

    /** What came back; the body is missing when there was none. */
    record Answer(int status, JsonNode body, Optional<String> duplicate) {
        String code() {
            return body.path("code").asText();
        }

        String text(String member) {
            return body.path(member).asText();
        }
    }

    private Client(HttpClient http, URI venue, @Nullable String token, long accountId) {
        this.http = http;
        this.venue = venue;
        this.token = token;
        this.accountId = accountId;
    }

    /** Nobody in particular. */
    static Client anonymous(URI venue) {
        HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(LIMIT)
                        .build();
        return new Client(http, venue, null, 0);
    }

    /** A user whom nobody else is. */
    static Client registered(URI venue) throws IOException, InterruptedException {
        String name = "user-" + UUID.randomUUID().toString().substring(0, 12);
        Client anonymous = anonymous(venue);
        String body =
                """
                {"username": "%s", "email": "%s@example.com", "password": "%s"}"""
                        .formatted(name, name, UUID.randomUUID());
        Answer answer = anonymous.post("/api/auth/register", body);
        if (answer.status() != 201) {
            throw new IOException("registration was answered with " + answer);
        }
        return new Client(
                anonymous.http,
                venue,
                answer.text("access_token"),
                answer.body().path("account_id").asLong());
    }

    /** The same user, at another door. */
    Client at(URI door) {
        return new Client(http, door, token, accountId);
    }

    Client withToken(String other) {
        return new Client(http, venue, other, accountId);
    }

    String token() {
        return String.valueOf(token);
    }

    long accountId() {
        return accountId;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, BodyPublishers.ofString(json));
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    private Answer send(String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(venue.resolve(path))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .method(method, body);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        JsonNode content =
                response.body().length == 0 ? JSON.missingNode() : JSON.readTree(response.body());
        return new Answer(
                response.statusCode(), content, response.headers().firstValue("Outcry-Duplicate"));
    }
}
