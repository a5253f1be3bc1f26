package io.outcry.domain.store;

import java.util.Optional;
import java.util.UUID;

/**
 * Secrets that users' second factors make codes of. Safe for use by many threads. Methods throw
 * {@link StoreUnavailableException} when the store does not answer.
 */
public interface SecondFactorStore {

    /**
     * A user's second factor.
     *
     * @param secret sealed, in base64
     * @param confirmed whether a code of it was shown: before that it is not asked for
     */
    record SecondFactor(String secret, boolean confirmed) {
        @Override
        public String toString() {
            return "SecondFactor[" + confirmed + "]";
        }
    }

    Optional<SecondFactor> findSecondFactor(UUID userId);

    /** Keeps a new secret, unless one is confirmed; whether it does. */
    boolean begin(UUID userId, String secret);

    /**
     * Uses up a code, which also confirms the factor.
     *
     * @param step that the code was for; no step is good twice, nor one before it
     * @return whether it was not used up
     */
    boolean use(UUID userId, long step);

    /** Whether there was one. */
    boolean remove(UUID userId);
}
