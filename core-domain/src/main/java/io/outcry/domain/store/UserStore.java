package io.outcry.domain.store;

import io.outcry.domain.account.AccountId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Users and their credentials. Names and addresses are unique without regard to case. Safe for use
 * by many threads. Methods throw {@link StoreUnavailableException} when the store does not answer.
 */
public interface UserStore {

    /** Adds a user and gives it the next account id, or says which field is taken. */
    Registration add(NewUser user);

    Optional<User> findByUsername(String username);

    Optional<User> findById(UUID id);

    /** Gives the user a role, from the next access token on; whether there is such a user. */
    boolean setRole(String username, User.Role role);

    /** Puts the account in a tier, from the next access token on; whether there is such a user. */
    boolean setTier(AccountId account, String tier);

    /**
     * A new password, for who has shown the old one.
     *
     * @param oldHash that the old one was found right by
     * @param keptSession the one that goes on
     */
    record PasswordChange(
            UUID userId, String oldHash, String newHash, UUID keptSession, Instant time) {
        @Override
        public String toString() {
            return "PasswordChange[" + userId + "]";
        }
    }

    /**
     * Changes the password and ends the user's other sessions, both or neither, unless the password
     * is not that of the old hash any more.
     *
     * @return the sessions that were ended, nothing when the password was not changed
     */
    Optional<Set<UUID>> changePassword(PasswordChange change);

    /** What became of a registration. */
    sealed interface Registration {
        record Registered(User user) implements Registration {}

        record UsernameTaken() implements Registration {}

        record EmailTaken() implements Registration {}
    }
}
