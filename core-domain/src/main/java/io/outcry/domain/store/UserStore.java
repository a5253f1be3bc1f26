package io.outcry.domain.store;

import io.outcry.domain.account.AccountId;
import java.util.Optional;
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

    /** What became of a registration. */
    sealed interface Registration {
        record Registered(User user) implements Registration {}

        record UsernameTaken() implements Registration {}

        record EmailTaken() implements Registration {}
    }
}
