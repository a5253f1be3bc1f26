package io.outcry.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What is stored in place of a secret that cannot be guessed, unlike a password: SHA-256. */
final class SecretHash {
    private SecretHash() {}

    /** In base64. */
    static String of(byte[] secret) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform has no SHA-256", e);
        }
    }

    static String of(String secret) {
        return of(secret.getBytes(StandardCharsets.UTF_8));
    }
}
