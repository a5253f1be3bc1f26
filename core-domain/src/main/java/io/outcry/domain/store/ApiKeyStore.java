package io.outcry.domain.store;

import io.outcry.domain.account.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keys that programs sign their requests with. Safe for use by many threads. Methods throw {@link
 * StoreUnavailableException} when the store does not answer.
 */
public interface ApiKeyStore {

    /**
     * A key.
     *
     * @param verifier what checks its signatures, in base64: of ED25519 the public key, of
     *     HMAC_SHA256 the sealed secret
     * @param addresses that it may be used from; empty: any
     */
    record ApiKey(
            UUID id,
            UUID userId,
            AccountId accountId,
            String name,
            Algorithm algorithm,
            Set<Scope> scopes,
            String verifier,
            List<String> addresses,
            Instant createdAt) {
        public ApiKey {
            scopes = Set.copyOf(scopes);
            addresses = List.copyOf(addresses);
        }

        @Override
        public String toString() {
            return "ApiKey[" + id + "]";
        }
    }

    /** How a key signs. */
    enum Algorithm {
        ED25519,
        HMAC_SHA256
    }

    /** What a key may do. */
    enum Scope {
        READ,
        TRADE
    }

    /** Adds the key, unless the user has as many as that. */
    boolean add(ApiKey key, int most);

    List<ApiKey> of(UUID userId);

    Optional<ApiKey> find(UUID id);

    /** Deletes the user's key; whether there was one. */
    boolean delete(UUID userId, UUID id, Instant now);

    /** Keys that were deleted at or after that time. */
    Set<UUID> deletedSince(Instant time);
}
