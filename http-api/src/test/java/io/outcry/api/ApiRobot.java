package io.outcry.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Answer;
import io.outcry.api.TestClient.Trader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A program that signs its requests with a key of a trader's. */
record ApiRobot(TestVenue venue, String key, SecretKeySpec secret) {

    static ApiRobot of(TestVenue venue, Trader trader, String scope) throws Exception {
        JsonNode made =
                venue.post(
                                "/api/auth/api-keys",
                                trader,
                                """
                                {"name":"r","algorithm":"HMAC_SHA256","scopes":["%s"],\
                                "password":"%s"}"""
                                        .formatted(scope, TestClient.PASSWORD))
                        .body();
        byte[] secret = Base64.getDecoder().decode(made.get("secret").asText());
        return new ApiRobot(
                venue, made.get("id").asText(), new SecretKeySpec(secret, "HmacSHA256"));
    }

    Answer send(int port, String method, String target, String body) throws Exception {
        return venue.send(signed(port, method, target, body).build());
    }

    HttpRequest.Builder signed(int port, String method, String target, String body)
            throws Exception {
        Instant now = venue.clock.instant();
        String time = Long.toString(now.getEpochSecond() * 1_000_000_000L + now.getNano());
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(secret);
        byte[] signature =
                mac.doFinal(
                        (time
                                        + "\n"
                                        + method
                                        + "\n"
                                        + target
                                        + "\n"
                                        + HexFormat.of().formatHex(hash))
                                .getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .header("Content-Type", "application/json")
                .header("Outcry-Key", key)
                .header("Outcry-Timestamp", time)
                .header("Outcry-Signature", Base64.getEncoder().encodeToString(signature))
                .method(method, BodyPublishers.ofString(body));
    }
}
