package io.outcry.domain.store;

import org.jspecify.annotations.Nullable;

/**
 * A registration that has passed validation.
 *
 * @param passwordHash PHC string
 */
public record NewUser(
        String username, String email, @Nullable String fullName, String passwordHash) {
    @Override
    public String toString() {
        return "NewUser[" + username + "]";
    }
}
