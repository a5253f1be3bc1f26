package io.outcry.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.outcry.api.http.AddressRange;
import io.outcry.api.http.Authenticator;
import io.outcry.api.http.Caller;
import io.outcry.api.http.ClientAddress;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.Route.Access;
import io.outcry.api.json.WholeNumber;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.access.RateLimiter.Limit;
import io.outcry.domain.store.ApiKeyStore;
import io.outcry.domain.store.ApiKeyStore.ApiKey;
import io.outcry.domain.store.ApiKeyStore.Scope;
import io.outcry.domain.store.User;
import io.outcry.domain.store.UserStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who has signed a request. What is signed is its time, method, path with query, and the hash
 * of its body; the signature counts for a few seconds, and once. Safe for use by many threads.
 */
final class ApiSignatures implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(ApiSignatures.class);
    static final String KEY = "Outcry-Key";
    static final String TIMESTAMP = "Outcry-Timestamp";
    static final String SIGNATURE = "Outcry-Signature";

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long OLDEST_NANOS = 5 * NANOS_PER_SECOND;
    private static final long NEWEST_NANOS = NANOS_PER_SECOND;

    /** One permit in twice the window: a second use within it finds none. */
    private static final Limit ONCE = new Limit("signature", 1, Duration.ofSeconds(12), 1);

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MAX_REMEMBERED = 10_000;

    private final ApiKeyStore keys;
    private final UserStore users;
    private final Sealing sealing;
    private final EndedCredentials ended;
    private final RateLimiter limiter;
    private final WrongCredentials wrong;
    private final ClientAddress addresses;
    private final Clock clock;
    private final Cache<UUID, Known> known =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();

    /** A key that is ready for use. */
    private record Known(Caller caller, List<AddressRange> from, KeyVerifier verifier) {}

    ApiSignatures(
            ApiKeyStore keys,
            UserStore users,
            Sealing sealing,
            EndedCredentials ended,
            RateLimiter limiter,
            WrongCredentials wrong,
            ClientAddress addresses,
            Clock clock) {
        this.keys = keys;
        this.users = users;
        this.sealing = sealing;
        this.ended = ended;
        this.limiter = limiter;
        this.wrong = wrong;
        this.addresses = addresses;
        this.clock = clock;
    }

    @Override
    public Caller authenticate(Exchange exchange) {
        UUID id = id(exchange.header(KEY));
        String site = addresses.site(exchange);
        // What is signed with a key that is known here cannot keep the site's other keys out; who
        // makes up an id, for which the database is asked, is the site.
        String subject = known.getIfPresent(id) == null ? site : site + "-" + id;
        return wrong.counting(subject, () -> verified(id, exchange));
    }

    private Caller verified(UUID id, Exchange exchange) {
        Known key = require(id);
        long signedAtNanos = timestamp(exchange.header(TIMESTAMP));
        byte[] signature = signature(exchange.header(SIGNATURE));
        byte[] message = message(signedAtNanos, exchange);
        if (!key.verifier().verifies(message, signature)) {
            throw refused("the signature does not fit the request");
        }
        requireAddress(key, exchange);
        requireRecent(signedAtNanos);
        String use = id + ":" + HexFormat.of().formatHex(sha256(message));
        if (!limiter.tryAcquire(use, ONCE).allowed()) {
            throw refused("the signature was used before");
        }
        return key.caller();
    }

    /**
     * Whose key it is, and what it is good for.
     *
     * @throws ProblemException UNAUTHENTICATED when there is none, or none any more
     */
    Caller caller(UUID id) {
        return require(id).caller();
    }

    private Known require(UUID id) {
        Known key = ended.contains(id) ? null : known.get(id, this::find);
        if (key == null) {
            throw refused("there is no such API key");
        }
        return key;
    }

    private @Nullable Known find(UUID id) {
        return keys.find(id).map(this::known).orElse(null);
    }

    private Known known(ApiKey key) {
        Set<Access> may = EnumSet.of(Access.ANY);
        for (Scope scope : key.scopes()) {
            may.add(
                    switch (scope) {
                        case READ -> Access.READ;
                        case TRADE -> Access.TRADE;
                    });
        }
        byte[] kept = Base64.getDecoder().decode(key.verifier());
        KeyVerifier verifier =
                switch (key.algorithm()) {
                    case ED25519 -> KeyVerifier.ed25519(kept);
                    case HMAC_SHA256 -> KeyVerifier.hmac(opened(key.id(), kept));
                };
        return new Known(
                new Caller(
                        key.userId().toString(),
                        key.accountId(),
                        User.Role.TRADER,
                        users.findById(key.userId()).map(User::tier).orElse(User.STANDARD),
                        key.id(),
                        Instant.MAX,
                        Set.copyOf(may)),
                key.addresses().stream().map(AddressRange::parse).toList(),
                verifier);
    }

    private byte[] opened(UUID key, byte[] sealed) {
        return sealing.open(sealed, owner(key))
                .orElseThrow(
                        () -> {
                            LOG.warn("the secret of API key {} was sealed with another key", key);
                            return refused("the venue can no longer open the key's secret");
                        });
    }

    static byte[] owner(UUID key) {
        return key.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] message(long timestamp, Exchange exchange) {
        try {
            return (timestamp
                            + "\n"
                            + exchange.method()
                            + "\n"
                            + exchange.target()
                            + "\n"
                            + HexFormat.of().formatHex(sha256(exchange.bytes())))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireAddress(Known key, Exchange exchange) {
        String address = addresses.of(exchange);
        if (!key.from().isEmpty()
                && key.from().stream().noneMatch(range -> range.contains(address))) {
            throw refused("the API key may not be used from this address");
        }
    }

    private void requireRecent(long signedAtNanos) {
        var now = clock.instant();
        long nowNanos = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
        if (nowNanos - signedAtNanos > OLDEST_NANOS || signedAtNanos - nowNanos >= NEWEST_NANOS) {
            throw refused(TIMESTAMP + " must not be 5 s old, nor 1 s ahead of this server");
        }
    }

    /** As the venue has written it: no other text names the same key. */
    private static UUID id(@Nullable String text) {
        try {
            UUID id = UUID.fromString(text == null ? "" : text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw refused("there is no such API key");
        }
        throw refused("there is no such API key");
    }

    private static long timestamp(@Nullable String text) {
        try {
            if (text != null && text.length() == 19) {
                return WholeNumber.parse(text);
            }
        } catch (NumberFormatException e) {
            throw refused(TIMESTAMP + " must be nanoseconds since the epoch");
        }
        throw refused(TIMESTAMP + " must be nanoseconds since the epoch");
    }

    /** The last letter may have bits that stand for nothing, which must be 0. */
    private static byte[] signature(@Nullable String text) {
        String given = text == null ? "" : text;
        try {
            byte[] signature = Base64.getDecoder().decode(given);
            Base64.Encoder encoder = Base64.getEncoder();
            if (encoder.encodeToString(signature).equals(given)
                    || encoder.withoutPadding().encodeToString(signature).equals(given)) {
                return signature;
            }
        } catch (IllegalArgumentException e) {
            throw refused(SIGNATURE + " must be base64");
        }
        throw refused(SIGNATURE + " must be base64");
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform has no SHA-256", e);
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ErrorCode.UNAUTHENTICATED, detail);
    }
}
