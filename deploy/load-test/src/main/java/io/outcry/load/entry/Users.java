package io.outcry.load.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Registers users of a venue, all at once. */
public final class Users {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Users() {}

    /**
     * Access tokens of users that nobody else is.
     *
     * @throws RegistrationFailedException when the venue did not register all
     * @throws IOException when it could not be asked
     */
    public static List<String> register(URI target, int count) throws IOException {
        HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .build();
        String run = UUID.randomUUID().toString().substring(0, 8);
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(http.sendAsync(request(target, run, i), BodyHandlers.ofByteArray()));
        }
        List<String> tokens = new ArrayList<>();
        for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
            tokens.add(token(answer));
        }
        return tokens;
    }

    private static HttpRequest request(URI target, String run, int user) {
        String body =
                """
                {"username":"load_%1$s_%2$d","email":"load_%1$s_%2$d@example.com","password":"%3$s"}"""
                        .formatted(run, user, UUID.randomUUID());
        return HttpRequest.newBuilder(target.resolve("/api/auth/register"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String token(CompletableFuture<HttpResponse<byte[]>> answer) throws IOException {
        HttpResponse<byte[]> response;
        try {
            response = answer.join();
        } catch (CompletionException e) {
            throw new IOException("a registration failed: " + e.getCause(), e);
        }
        if (response.statusCode() != 201) {
            throw new RegistrationFailedException(
                    "a registration was answered with "
                            + response.statusCode()
                            + ": "
                            + new String(response.body(), StandardCharsets.UTF_8));
        }
        return JSON.readTree(response.body()).path("access_token").asText();
    }
}
