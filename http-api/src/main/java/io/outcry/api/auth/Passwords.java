package io.outcry.api.auth;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;

/**
 * Hashes passwords with Argon2id: 19 MiB, two passes, one lane, in PHC strings. One hash takes some
 * 50 ms of a core, so callers bound how many run at once. Safe for use by many threads.
 */
final class Passwords {
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final Argon2Function function =
            Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
    private final String nobodysHash = hash("nobody has this password");

    String hash(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(function).getResult();
    }

    /** Whether the password is the one that was hashed, with whatever parameters that was. */
    boolean matches(String password, String hash) {
        return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    }

    /** The work of {@link #matches} for a user who does not exist, so that time tells nothing. */
    void matchNobody(String password) {
        boolean unused = matches(password, nobodysHash);
    }
}
