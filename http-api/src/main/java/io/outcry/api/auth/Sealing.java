package io.outcry.api.auth;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets that must be had again, with a key that is not where they are kept: AES-256-GCM,
 * the nonce first. Safe for use by many threads.
 */
final class Sealing {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    Sealing(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * @param owner what the secret belongs to; it opens for nobody else
     */
    byte[] seal(byte[] secret, byte[] owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = encrypt(nonce, secret, owner);
        byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return whole;
    }

    private byte[] encrypt(byte[] nonce, byte[] secret, byte[] owner) {
        try {
            return run(Cipher.ENCRYPT_MODE, nonce, secret, owner);
        } catch (AEADBadTagException e) {
            throw new IllegalStateException("what is sealed has no tag to be wrong", e);
        }
    }

    /** Empty when it was sealed with another key, or for another owner, or not at all. */
    Optional<byte[]> open(byte[] sealed, byte[] owner) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        byte[] content = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        try {
            return Optional.of(run(Cipher.DECRYPT_MODE, nonce, content, owner));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        }
    }

    private byte[] run(int mode, byte[] nonce, byte[] input, byte[] owner)
            throws AEADBadTagException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(owner);
            return cipher.doFinal(input);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no AES-GCM", e);
        }
    }
}
