package io.outcry.api.auth;

import io.outcry.api.audit.Audit;
import io.outcry.api.audit.Audit.Deed;
import io.outcry.api.http.ClientAddress;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.store.SecondFactorStore;
import io.outcry.domain.store.SecondFactorStore.SecondFactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks users who want it for a code beside their password. Safe for use by many threads. */
final class SecondFactors {
    private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);
    private static final Fields FIELDS = new Fields();
    private static final Field CODE = FIELDS.add("code");

    private final SecondFactorStore store;
    private final Sealing sealing;
    private final OneTimeCodes codes;
    private final FailedSignIns failures;
    private final ClientAddress addresses;
    private final Audit audit;
    private final SecureRandom random = new SecureRandom();

    SecondFactors(
            SecondFactorStore store,
            Sealing sealing,
            OneTimeCodes codes,
            FailedSignIns failures,
            ClientAddress addresses,
            Audit audit) {
        this.store = store;
        this.sealing = sealing;
        this.codes = codes;
        this.failures = failures;
        this.addresses = addresses;
        this.audit = audit;
    }

    /**
     * Whether the user has shown what has to be shown beside the password.
     *
     * @throws ProblemException SECOND_FACTOR_REQUIRED when a code has to be, and was not
     */
    boolean satisfied(UUID userId, @Nullable String code) {
        SecondFactor factor =
                store.findSecondFactor(userId).filter(SecondFactor::confirmed).orElse(null);
        if (factor == null) {
            return true;
        }
        if (code == null) {
            throw new ProblemException(
                    ErrorCode.SECOND_FACTOR_REQUIRED, "a code of the second factor is required");
        }
        return use(userId, factor, code);
    }

    private boolean use(UUID userId, SecondFactor factor, String code) {
        byte[] sealed = Base64.getDecoder().decode(factor.secret());
        byte[] secret = sealing.open(sealed, owner(userId)).orElse(null);
        if (secret == null) {
            LOG.warn("the second factor of user {} was sealed with another key", userId);
            return false;
        }
        long step = codes.step(secret, code);
        return step > 0 && store.use(userId, step);
    }

    private static byte[] owner(UUID userId) {
        return ("totp " + userId).getBytes(StandardCharsets.US_ASCII);
    }

    /** Answers with a new secret, which counts once a code of it was shown. */
    void begin(Exchange exchange) throws IOException {
        UUID user = user(exchange);
        byte[] secret = new byte[OneTimeCodes.SECRET_BYTES];
        random.nextBytes(secret);
        String sealed = Base64.getEncoder().encodeToString(sealing.seal(secret, owner(user)));
        if (!store.begin(user, sealed)) {
            throw new ProblemException(
                    ErrorCode.SECOND_FACTOR_ACTIVE, "there is a second factor already");
        }
        String text = OneTimeCodes.base32(secret);
        exchange.answer(
                201,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("secret", text);
                    json.writeStringField(
                            "uri", "otpauth://totp/Outcry?issuer=Outcry&secret=" + text);
                    json.writeEndObject();
                });
    }

    /** From now on signing in takes a code. */
    void confirm(Exchange exchange) throws IOException {
        requireCode(exchange);
        note(exchange, "second_factor.confirm");
        answer(exchange, true);
    }

    /** From now on the password is enough. */
    void remove(Exchange exchange) throws IOException {
        requireCode(exchange);
        boolean unused = store.remove(user(exchange));
        note(exchange, "second_factor.remove");
        answer(exchange, false);
    }

    private void requireCode(Exchange exchange) throws IOException {
        FlatObject body = exchange.body(FIELDS);
        String code = body.requiredString(CODE);
        body.throwIfInvalid();
        UUID user = user(exchange);
        SecondFactor factor =
                store.findSecondFactor(user)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                ErrorCode.NOT_FOUND, "there is no second factor"));
        String address = addresses.site(exchange);
        failures.admit(guessed(user), null, address);
        if (!use(user, factor, code)) {
            failures.failed(guessed(user), address);
            audit.note(
                    exchange,
                    new Deed(
                            exchange.caller().userId(),
                            "second_factor.code",
                            exchange.caller().userId(),
                            "",
                            Audit.Outcome.DENIED));
            throw new ProblemException(
                    ErrorCode.INVALID_CREDENTIALS, "the code is wrong, or was used before");
        }
        failures.succeeded(guessed(user), address);
    }

    /** No name that can be registered: who guesses codes here keeps nobody from signing in. */
    private static String guessed(UUID user) {
        return "code of " + user;
    }

    private static UUID user(Exchange exchange) {
        return UUID.fromString(exchange.caller().userId());
    }

    private void note(Exchange exchange, String action) {
        String user = exchange.caller().userId();
        audit.note(exchange, new Deed(user, action, user, "", Audit.Outcome.DONE));
    }

    private static void answer(Exchange exchange, boolean active) throws IOException {
        exchange.answer(
                200,
                json -> {
                    json.writeStartObject();
                    json.writeBooleanField("second_factor", active);
                    json.writeEndObject();
                });
    }
}
