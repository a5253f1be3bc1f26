package io.outcry.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Trader;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An API key with what signs for it. Immutable. */
record SigningKey(String id, Signer signer) {

    /** How a key's owner signs. */
    interface Signer {
        byte[] sign(byte[] message) throws Exception;
    }

    /**
     * Makes one for a trader.
     *
     * @param terms members of the request for one, its scopes among them
     */
    static SigningKey ed25519(TestVenue venue, Trader trader, String terms) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String open = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        JsonNode made = make(venue, trader, "\"public_key\":\"" + open + "\"," + terms);
        return new SigningKey(
                made.get("id").asText(),
                message -> {
                    Signature signature = Signature.getInstance("Ed25519");
                    signature.initSign(pair.getPrivate());
                    signature.update(message);
                    return signature.sign();
                });
    }

    /** The same with a secret that the venue has, too. */
    static SigningKey hmac(TestVenue venue, Trader trader, String terms) throws Exception {
        JsonNode made = make(venue, trader, "\"algorithm\":\"HMAC_SHA256\"," + terms);
        byte[] secret = Base64.getDecoder().decode(made.get("secret").asText());
        return new SigningKey(
                made.get("id").asText(),
                message -> {
                    Mac mac = Mac.getInstance("HmacSHA256");
                    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                    return mac.doFinal(message);
                });
    }

    private static JsonNode make(TestVenue venue, Trader trader, String terms) throws Exception {
        return venue.post(
                        "/api/auth/api-keys",
                        trader,
                        "{\"name\":\"k\",\"password\":\"%s\",%s}"
                                .formatted(TestClient.PASSWORD, terms))
                .body();
    }

    /** Of a request. */
    byte[] signature(long time, String method, String target, String body) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8));
        String message =
                time + "\n" + method + "\n" + target + "\n" + HexFormat.of().formatHex(hash);
        return signer.sign(message.getBytes(UTF_8));
    }
}
