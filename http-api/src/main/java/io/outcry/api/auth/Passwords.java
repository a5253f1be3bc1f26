package io.outcry.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id: 19 MiB, two passes, one lane, in PHC strings (OWASP's first
 * choice). One hash takes some 30 ms of a core, so callers bound how many run at once. Safe for use
 * by many threads.
 */
final class Passwords {
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    /**
     * The memory of the last hash, for the next one; null while that is at work. Those at the same
     * time have some of their own: made anew for each, 19,000 objects that live as long as a hash
     * takes move to the old generation, and every second hash stopped all threads for 70 ms.
     */
    private final AtomicReference<@Nullable BlockPool> memory = new AtomicReference<>();

    private final String nobodysHash = hash("nobody has this password");

    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = argon2(password, MEMORY_KIB, PASSES, LANES, salt, HASH_BYTES);
        return new PasswordHash(MEMORY_KIB, PASSES, LANES, salt, hash).phc();
    }

    /** Whether the password is the one that was hashed, with whatever parameters that was. */
    boolean matches(String password, String hash) {
        PasswordHash kept = PasswordHash.parse(hash);
        byte[] made =
                argon2(
                        password,
                        kept.memoryKib(),
                        kept.passes(),
                        kept.lanes(),
                        kept.salt(),
                        kept.hash().length);
        return MessageDigest.isEqual(made, kept.hash());
    }

    /** The work of {@link #matches} for a user who does not exist, so that time tells nothing. */
    void matchNobody(String password) {
        boolean unused = matches(password, nobodysHash);
    }

    private byte[] argon2(
            String password, int memoryKib, int passes, int lanes, byte[] salt, int length) {
        BlockPool blocks =
                Objects.requireNonNullElseGet(
                        memory.getAndSet(null),
                        () ->
                                new FixedBlockPool(
                                        Argon2BytesGenerator.getBlockCount(MEMORY_KIB, LANES)));
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memoryKib)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .withBlockPool(blocks)
                        .build());
        byte[] text = password.getBytes(StandardCharsets.UTF_8);
        byte[] hash = new byte[length];
        generator.generateBytes(text, hash);
        Arrays.fill(text, (byte) 0);
        memory.set(blocks);
        return hash;
    }
}
