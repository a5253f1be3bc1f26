package io.outcry.api.auth;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.audit.Audit;
import io.outcry.api.audit.Audit.Deed;
import io.outcry.api.http.ClientAddress;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.json.Json;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.store.SecondFactorStore.SecondFactor;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Begins, confirms and removes a second factor, with its recovery codes. Safe for many threads. */
final class SecondFactorRoutes {
    private static final Fields CONFIRMATION = new Fields();
    private static final Field CODE = CONFIRMATION.add("code");
    private static final Fields PROVEN = new Fields();
    private static final Proof.Members PROOF = new Proof.Members(PROVEN);

    private final SecondFactors factors;
    private final StepUp stepUp;
    private final FailedSignIns failures;
    private final ClientAddress addresses;
    private final Audit audit;

    SecondFactorRoutes(
            SecondFactors factors,
            StepUp stepUp,
            FailedSignIns failures,
            ClientAddress addresses,
            Audit audit) {
        this.factors = factors;
        this.stepUp = stepUp;
        this.failures = failures;
        this.addresses = addresses;
        this.audit = audit;
    }

    /** Answers with a new secret, which counts once a code of it was shown. */
    void begin(Exchange exchange) throws IOException {
        String action = "second_factor.begin";
        Proof proof = proof(exchange);
        // First, so that it costs nobody the code; what comes meanwhile is told below.
        factors.requireNone(user(exchange));
        stepUp.then(
                exchange,
                proof,
                action,
                user -> {
                    String secret = factors.begin(user.id());
                    note(exchange, action, Audit.Outcome.DONE);
                    answer(
                            exchange,
                            201,
                            json -> {
                                json.writeStringField("secret", secret);
                                json.writeStringField(
                                        "uri",
                                        "otpauth://totp/Outcry?issuer=Outcry&secret=" + secret);
                            });
                });
    }

    /**
     * From now on signing in takes a code; answers with the recovery codes, this once. The password
     * was shown for the secret that the code is of.
     */
    void confirm(Exchange exchange) throws IOException {
        FlatObject body = exchange.body(CONFIRMATION);
        String code = body.requiredString(CODE);
        body.throwIfInvalid();
        UUID user = user(exchange);
        SecondFactor begun = factors.begun(user);
        String address = addresses.site(exchange);
        failures.admit(guessed(user), null, address);
        List<String> recovery = factors.confirm(user, begun, code);
        if (recovery.isEmpty()) {
            failures.failed(guessed(user), address);
            note(exchange, "second_factor.confirm", Audit.Outcome.DENIED);
            throw new ProblemException(
                    ErrorCode.INVALID_CREDENTIALS, "the code is wrong, or was used before");
        }
        failures.succeeded(guessed(user), address);
        note(exchange, "second_factor.confirm", Audit.Outcome.DONE);
        answer(
                exchange,
                200,
                json -> {
                    json.writeBooleanField("second_factor", true);
                    writeRecovery(json, recovery);
                });
    }

    /** Answers with recovery codes in place of those before. */
    void renewRecovery(Exchange exchange) throws IOException {
        String action = "second_factor.recovery_codes";
        stepUp.then(
                exchange,
                proof(exchange),
                action,
                user -> {
                    List<String> recovery = factors.renewRecovery(user.id());
                    note(exchange, action, Audit.Outcome.DONE);
                    answer(exchange, 201, json -> writeRecovery(json, recovery));
                });
    }

    private static void writeRecovery(JsonGenerator json, List<String> codes) throws IOException {
        json.writeArrayFieldStart("recovery_codes");
        for (String code : codes) {
            json.writeString(code);
        }
        json.writeEndArray();
    }

    /** From now on the password is enough. */
    void remove(Exchange exchange) throws IOException {
        String action = "second_factor.remove";
        stepUp.then(
                exchange,
                proof(exchange),
                action,
                user -> {
                    factors.remove(user.id());
                    note(exchange, action, Audit.Outcome.DONE);
                    answer(exchange, 200, json -> json.writeBooleanField("second_factor", false));
                });
    }

    /** With an object of those members. */
    private static void answer(Exchange exchange, int status, Json.Body members)
            throws IOException {
        exchange.answer(
                status,
                json -> {
                    json.writeStartObject();
                    members.write(json);
                    json.writeEndObject();
                });
    }

    private static Proof proof(Exchange exchange) throws IOException {
        FlatObject body = exchange.body(PROVEN);
        Proof proof = PROOF.read(body);
        body.throwIfInvalid();
        return proof;
    }

    /** No name that can be registered: who guesses codes here keeps nobody from signing in. */
    private static String guessed(UUID user) {
        return "code of " + user;
    }

    private static UUID user(Exchange exchange) {
        return UUID.fromString(exchange.caller().userId());
    }

    private void note(Exchange exchange, String action, Audit.Outcome outcome) {
        String user = exchange.caller().userId();
        audit.note(exchange, new Deed(user, action, user, "", outcome));
    }
}
