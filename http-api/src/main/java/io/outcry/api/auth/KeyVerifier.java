package io.outcry.api.auth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks what one API key has signed. Immutable. */
interface KeyVerifier {
    /** What stands before the 32 bytes of an Ed25519 public key in its X.509 form (RFC 8410). */
    String ED25519_PREFIX = "302a300506032b6570032100";

    int ED25519_BYTES = 32;

    boolean verifies(byte[] message, byte[] signature);

    static KeyVerifier hmac(byte[] secret) {
        SecretKeySpec key = new SecretKeySpec(secret, "HmacSHA256");
        return (message, signature) -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                return MessageDigest.isEqual(mac.doFinal(message), signature);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the platform has no HMAC-SHA256", e);
            }
        };
    }

    /**
     * One for a public key.
     *
     * @param encoded X.509
     * @throws IllegalArgumentException when it is no Ed25519 key
     */
    static KeyVerifier ed25519(byte[] encoded) {
        PublicKey key;
        try {
            key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is no Ed25519 public key", e);
        }
        return (message, signature) -> verifies(key, message, signature);
    }

    private static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifying = Signature.getInstance("Ed25519");
            verifying.initVerify(key);
            verifying.update(message);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            // A signature of another length or with numbers out of range ends up here too.
            return false;
        }
    }

    /**
     * Reads a public key as people have it: base64 of its 32 bytes or of its X.509 form, with or
     * without PEM's lines around.
     *
     * @return X.509
     * @throws IllegalArgumentException when it is none
     */
    static byte[] publicKey(String text) {
        String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length != ED25519_BYTES) {
            return bytes;
        }
        byte[] prefix = HexFormat.of().parseHex(ED25519_PREFIX);
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + ED25519_BYTES);
        System.arraycopy(bytes, 0, encoded, prefix.length, ED25519_BYTES);
        return encoded;
    }
}
