package io.outcry.domain.store;

import io.outcry.domain.account.AccountId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Someone who may sign in.
 *
 * @param passwordHash PHC string
 * @param tier which limits on requests hold for the account; {@link #STANDARD} unless set
 */
public record User(
        UUID id,
        String username,
        String email,
        @Nullable String fullName,
        String passwordHash,
        AccountId accountId,
        Role role,
        String tier,
        Instant createdAt) {

    /** The tier of whoever was given no other. */
    public static final String STANDARD = "standard";

    /** What a user may do beyond trading for the own account. */
    public enum Role {
        TRADER,
        ADMIN
    }

    @Override
    public String toString() {
        return "User[" + id + ", account " + accountId + "]";
    }
}
