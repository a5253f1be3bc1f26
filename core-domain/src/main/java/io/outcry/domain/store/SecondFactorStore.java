package io.outcry.domain.store;

import java.util.List;
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
     * Asks for the factor from now on, by its first code.
     *
     * @param secret that the code was of: of one begun anew since, it confirms nothing
     * @param step that the code was for
     * @param recoveryHashes of the codes that are good in place of the factor's, each once
     * @return whether there was one that was not confirmed
     */
    boolean confirm(UUID userId, String secret, long step, List<String> recoveryHashes);

    /**
     * Uses up a code of a confirmed factor.
     *
     * @param step that the code was for; no step is good twice, nor one before it
     * @return whether it was not used up
     */
    boolean use(UUID userId, long step);

    /** Uses up a recovery code; whether there was one of that hash. */
    boolean useRecovery(UUID userId, String hash);

    /** Keeps other recovery codes for a confirmed factor; whether there is one. */
    boolean replaceRecovery(UUID userId, List<String> recoveryHashes);

    /** With its recovery codes; whether there was one. */
    boolean remove(UUID userId);
}
