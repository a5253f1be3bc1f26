package io.outcry.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/**
 * Speaks HTTP with a server of this machine, and holds every answer against the contract. Safe for
 * many threads.
 */
abstract class TestClient {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String PASSWORD = "correct horse battery";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    abstract int port();

    /** An answer with its body read as JSON. */
    record Answer(int status, JsonNode body, HttpResponse<String> http) {
        String code() {
            return body.path("code").asText();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    /** Someone who has registered. */
    record Trader(String name, String token) {}

    Trader register() throws IOException, InterruptedException {
        String name = "t-" + UUID.randomUUID().toString().substring(0, 18);
        Answer answer = post("/api/auth/register", null, registration(name));
        if (answer.status() != 201) {
            throw new IllegalStateException("registration answered " + answer.body());
        }
        return new Trader(name, answer.body().get("access_token").asText());
    }

    static String registration(String name) {
        return """
                {"username":"%s","email":"%s@example.com","password":"%s"}"""
                .formatted(name, name, PASSWORD);
    }

    static String order(String side, String quantity, String price) {
        return """
                {"symbol":"AAPL","side":"%s","order_type":"LIMIT","quantity":"%s","price":"%s"}"""
                .formatted(side, quantity, price);
    }

    Answer get(String path, Trader trader) throws IOException, InterruptedException {
        return send(request(path, trader).GET().build());
    }

    Answer delete(String path, Trader trader) throws IOException, InterruptedException {
        return send(request(path, trader).DELETE().build());
    }

    Answer post(String path, Trader trader, String body) throws IOException, InterruptedException {
        return send(
                request(path, trader)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    Answer patch(String path, Trader trader, String body) throws IOException, InterruptedException {
        return send(
                request(path, trader)
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(body))
                        .build());
    }

    HttpRequest.Builder request(String path, Trader trader) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .timeout(Duration.ofSeconds(10));
        return trader == null
                ? builder
                : builder.header("Authorization", "Bearer " + trader.token());
    }

    /** Without a look at the contract. */
    HttpResponse<String> sendUnchecked(HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        Contract.SERVED.check(request.method(), request.uri().getRawPath(), response);
        String type = response.headers().firstValue("Content-Type").orElse("");
        JsonNode body = type.contains("json") ? JSON.readTree(response.body()) : JSON.missingNode();
        return new Answer(response.statusCode(), body, response);
    }
}
