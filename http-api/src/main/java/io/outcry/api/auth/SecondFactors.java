package io.outcry.api.auth;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.store.SecondFactorStore;
import io.outcry.domain.store.SecondFactorStore.SecondFactor;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks users who want it for a code beside their password. Safe for use by many threads. */
final class SecondFactors {
    private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);

    private final SecondFactorStore store;
    private final Sealing sealing;
    private final OneTimeCodes codes;
    private final RecoveryCodes recovery = new RecoveryCodes();
    private final SecureRandom random = new SecureRandom();

    SecondFactors(SecondFactorStore store, Sealing sealing, OneTimeCodes codes) {
        this.store = store;
        this.sealing = sealing;
        this.codes = codes;
    }

    /** What was shown beside the password. */
    enum Shown {
        TOO_LITTLE,
        ENOUGH,
        /** Enough, and used up. */
        RECOVERY_CODE
    }

    /**
     * Whether the user has shown what has to be shown beside the password; uses it up.
     *
     * @throws ProblemException SECOND_FACTOR_REQUIRED when a code has to be, and was not
     */
    Shown check(UUID userId, @Nullable String code) {
        SecondFactor factor = active(userId).orElse(null);
        if (factor == null) {
            return Shown.ENOUGH;
        }
        if (code == null) {
            throw new ProblemException(
                    ErrorCode.SECOND_FACTOR_REQUIRED, "a code of the second factor is required");
        }
        if (RecoveryCodes.isOne(code)) {
            boolean used = store.useRecovery(userId, RecoveryCodes.hash(code));
            return used ? Shown.RECOVERY_CODE : Shown.TOO_LITTLE;
        }
        return use(userId, factor, code) ? Shown.ENOUGH : Shown.TOO_LITTLE;
    }

    private Optional<SecondFactor> active(UUID userId) {
        return store.findSecondFactor(userId).filter(SecondFactor::confirmed);
    }

    /**
     * Goes on if no code is asked for.
     *
     * @throws ProblemException SECOND_FACTOR_ACTIVE
     */
    void requireNone(UUID userId) {
        if (active(userId).isPresent()) {
            throw active();
        }
    }

    private boolean use(UUID userId, SecondFactor factor, String code) {
        long step = step(userId, factor, code);
        return step > 0 && store.use(userId, step);
    }

    /** That the code is for; 0: for none. */
    private long step(UUID userId, SecondFactor factor, String code) {
        byte[] sealed = Base64.getDecoder().decode(factor.secret());
        byte[] secret = sealing.open(sealed, owner(userId)).orElse(null);
        if (secret == null) {
            LOG.warn("the second factor of user {} was sealed with another key", userId);
            return 0;
        }
        return codes.step(secret, code);
    }

    /**
     * Makes a secret, which counts once a code of it was shown; returns it in base32.
     *
     * @throws ProblemException SECOND_FACTOR_ACTIVE
     */
    String begin(UUID userId) {
        byte[] secret = new byte[OneTimeCodes.SECRET_BYTES];
        random.nextBytes(secret);
        String sealed = Base64.getEncoder().encodeToString(sealing.seal(secret, owner(userId)));
        if (!store.begin(userId, sealed)) {
            throw active();
        }
        return OneTimeCodes.base32(secret);
    }

    /**
     * What was begun, to be confirmed.
     *
     * @throws ProblemException NOT_FOUND, SECOND_FACTOR_ACTIVE
     */
    SecondFactor begun(UUID userId) {
        SecondFactor factor = store.findSecondFactor(userId).orElseThrow(SecondFactors::none);
        if (factor.confirmed()) {
            throw active();
        }
        return factor;
    }

    /**
     * Asks for codes from now on, if this is one.
     *
     * @return the recovery codes, none if it is not
     */
    List<String> confirm(UUID userId, SecondFactor begun, String code) {
        long step = step(userId, begun, code);
        List<String> made = recovery.make();
        return step > 0 && store.confirm(userId, begun.secret(), step, hashes(made))
                ? made
                : List.of();
    }

    /**
     * Makes new recovery codes, beside which no older ones are good.
     *
     * @throws ProblemException NOT_FOUND when no factor is asked for
     */
    List<String> renewRecovery(UUID userId) {
        List<String> made = recovery.make();
        if (!store.replaceRecovery(userId, hashes(made))) {
            throw none();
        }
        return made;
    }

    private static List<String> hashes(List<String> codes) {
        return codes.stream().map(RecoveryCodes::hash).toList();
    }

    /**
     * Asks for no more codes.
     *
     * @throws ProblemException NOT_FOUND
     */
    void remove(UUID userId) {
        if (!store.remove(userId)) {
            throw none();
        }
    }

    private static byte[] owner(UUID userId) {
        return ("totp " + userId).getBytes(StandardCharsets.US_ASCII);
    }

    private static ProblemException active() {
        return new ProblemException(
                ErrorCode.SECOND_FACTOR_ACTIVE, "there is a second factor already");
    }

    private static ProblemException none() {
        return new ProblemException(ErrorCode.NOT_FOUND, "there is no second factor");
    }
}
