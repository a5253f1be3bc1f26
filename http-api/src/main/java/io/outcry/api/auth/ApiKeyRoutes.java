package io.outcry.api.auth;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.audit.Audit;
import io.outcry.api.audit.Audit.Deed;
import io.outcry.api.http.AddressRange;
import io.outcry.api.http.Caller;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.EnumText;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.store.ApiKeyStore;
import io.outcry.domain.store.ApiKeyStore.Algorithm;
import io.outcry.domain.store.ApiKeyStore.ApiKey;
import io.outcry.domain.store.ApiKeyStore.Scope;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, lists and deletes a user's API keys. Safe for use by many threads. */
final class ApiKeyRoutes {
    private static final int MOST_KEYS = 20;
    private static final int MAX_NAME = 64;
    private static final int SECRET_BYTES = 32;

    private static final Fields FIELDS = new Fields();
    private static final Field NAME = FIELDS.add("name");
    private static final Field ALGORITHM = FIELDS.add("algorithm");
    private static final Field PUBLIC_KEY = FIELDS.add("public_key");
    private static final Field SCOPES = FIELDS.addList("scopes");
    private static final Field ADDRESSES = FIELDS.addList("addresses");
    private static final Proof.Members PROOF = new Proof.Members(FIELDS);

    private static final EnumText<Algorithm> ALGORITHMS = new EnumText<>(Algorithm.class);
    private static final EnumText<Scope> SCOPE_NAMES = new EnumText<>(Scope.class);

    private final ApiKeyStore keys;
    private final Sealing sealing;
    private final EndedCredentials ended;
    private final StepUp stepUp;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiKeyRoutes(
            ApiKeyStore keys,
            Sealing sealing,
            EndedCredentials ended,
            StepUp stepUp,
            Audit audit,
            Clock clock) {
        this.keys = keys;
        this.sealing = sealing;
        this.ended = ended;
        this.stepUp = stepUp;
        this.audit = audit;
        this.clock = clock;
    }

    /** Answers with the key; of one for HMAC with its secret too, this once. */
    void create(Exchange exchange) throws IOException {
        FlatObject body = exchange.body(FIELDS);
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        Proof proof = PROOF.read(body);
        ApiKey key = read(body, exchange.caller(), secret);
        // First, so that it costs nobody a code; keys that are made meanwhile count below.
        if (keys.of(key.userId()).size() >= MOST_KEYS) {
            throw tooMany();
        }
        stepUp.then(exchange, proof, "api_key.create", user -> add(exchange, key, secret));
    }

    private void add(Exchange exchange, ApiKey key, byte[] secret) throws IOException {
        if (!keys.add(key, MOST_KEYS)) {
            throw tooMany();
        }
        note(exchange, "api_key.create", key.id(), key.scopes() + " " + key.addresses());
        boolean hmac = key.algorithm() == Algorithm.HMAC_SHA256;
        String shown = hmac ? Base64.getEncoder().encodeToString(secret) : null;
        exchange.answerCreated("/api/auth/api-keys/" + key.id(), json -> write(json, key, shown));
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                ErrorCode.API_KEY_LIMIT, "a user may have at most " + MOST_KEYS + " API keys");
    }

    private ApiKey read(FlatObject body, Caller caller, byte[] secret) {
        String name = body.requiredString(NAME);
        if (name.isBlank() || name.length() > MAX_NAME) {
            body.reject(NAME, "must have 1 to 64 characters");
        }
        Algorithm algorithm = ALGORITHMS.read(body, ALGORITHM, Algorithm.ED25519);
        Set<Scope> scopes = scopes(body);
        List<String> addresses = body.strings(ADDRESSES);
        addresses.forEach(address -> checkAddress(body, address));
        UUID id = UUID.randomUUID();
        byte[] verifier =
                switch (algorithm) {
                    case ED25519 -> publicKey(body);
                    case HMAC_SHA256 -> sealing.seal(secret, ApiSignatures.owner(id));
                };
        if (algorithm == Algorithm.HMAC_SHA256 && body.has(PUBLIC_KEY)) {
            body.reject(PUBLIC_KEY, "is for ED25519 alone");
        }
        body.throwIfInvalid();
        return new ApiKey(
                id,
                UUID.fromString(caller.userId()),
                caller.accountId(),
                name,
                algorithm,
                scopes,
                Base64.getEncoder().encodeToString(verifier),
                addresses,
                clock.instant());
    }

    private static Set<Scope> scopes(FlatObject body) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String name : body.strings(SCOPES)) {
            Scope scope = SCOPE_NAMES.find(name);
            if (scope == null) {
                body.reject(SCOPES, SCOPE_NAMES.expected());
            } else {
                scopes.add(scope);
            }
        }
        if (scopes.isEmpty()) {
            body.reject(SCOPES, "must name one at least");
        }
        return scopes;
    }

    private static void checkAddress(FlatObject body, String text) {
        try {
            AddressRange unused = AddressRange.parse(text);
        } catch (IllegalArgumentException e) {
            body.reject(ADDRESSES, "must be addresses or networks such as 10.0.0.0/8");
        }
    }

    private static byte[] publicKey(FlatObject body) {
        try {
            byte[] encoded = KeyVerifier.publicKey(body.requiredString(PUBLIC_KEY));
            KeyVerifier unused = KeyVerifier.ed25519(encoded);
            return encoded;
        } catch (IllegalArgumentException e) {
            body.reject(PUBLIC_KEY, "must be an Ed25519 public key in base64");
            return new byte[0];
        }
    }

    void list(Exchange exchange) throws IOException {
        exchange.query(Set.of());
        List<ApiKey> own = keys.of(UUID.fromString(exchange.caller().userId()));
        exchange.answer(
                200,
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("api_keys");
                    for (ApiKey key : own) {
                        write(json, key, null);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    /** From now on nothing that the key signs is taken, on any replica. */
    void delete(Exchange exchange) throws IOException {
        UUID id = id(exchange.pathParameter("id"));
        if (id == null
                || !keys.delete(UUID.fromString(exchange.caller().userId()), id, clock.instant())) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "there is no such API key");
        }
        ended.add(id);
        note(exchange, "api_key.delete", id, "");
        exchange.answer(
                200,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("id", id.toString());
                    json.writeBooleanField("deleted", true);
                    json.writeEndObject();
                });
    }

    private static @Nullable UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void note(Exchange exchange, String action, UUID key, String detail) {
        audit.note(
                exchange,
                new Deed(
                        exchange.caller().userId(),
                        action,
                        key.toString(),
                        detail,
                        Audit.Outcome.DONE));
    }

    private static void write(JsonGenerator json, ApiKey key, @Nullable String secret)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", key.id().toString());
        json.writeStringField("name", key.name());
        json.writeStringField("algorithm", key.algorithm().name());
        writeAll(json, "scopes", key.scopes().stream().sorted().map(Scope::name).toList());
        writeAll(json, "addresses", key.addresses());
        json.writeStringField("created_at", key.createdAt().toString());
        if (secret != null) {
            json.writeStringField("secret", secret);
        }
        json.writeEndObject();
    }

    private static void writeAll(JsonGenerator json, String name, List<String> texts)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
