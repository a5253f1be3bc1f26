package io.outcry.persistence;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.ApiKeyStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Safe for use by many threads. */
final class PostgresApiKeyStore implements ApiKeyStore {
    private static final String COLUMNS =
            "key_id, user_id, account_id, name, algorithm, scopes, verifier, addresses, created_at";

    private final Database database;

    PostgresApiKeyStore(Database database) {
        this.database = database;
    }

    /** Of two that are added at the same moment both may pass the bound; it is no exact one. */
    @Override
    public boolean add(ApiKey key, int most) {
        return database.query(
                "adding an API key",
                handle ->
                        handle.createUpdate(
                                                "INSERT INTO api_keys ("
                                                        + COLUMNS
                                                        + ") SELECT :id, :user, :account, :name,"
                                                        + " :algorithm, :scopes, :verifier,"
                                                        + " :addresses, :created WHERE (SELECT"
                                                        + " count(*) FROM api_keys WHERE user_id ="
                                                        + " :user AND deleted_at IS NULL) < :most")
                                        .bind("id", key.id())
                                        .bind("user", key.userId())
                                        .bind("account", key.accountId().value())
                                        .bind("name", key.name())
                                        .bind(
                                                "algorithm",
                                                Codes.API_KEY_ALGORITHM.of(key.algorithm()))
                                        .bind("scopes", bits(key.scopes()))
                                        .bind("verifier", key.verifier())
                                        .bind("addresses", String.join(" ", key.addresses()))
                                        .bind("created", key.createdAt().atOffset(ZoneOffset.UTC))
                                        .bind("most", most)
                                        .execute()
                                == 1);
    }

    @Override
    public List<ApiKey> of(UUID userId) {
        return database.query(
                "listing API keys",
                handle ->
                        handle.createQuery(
                                        "SELECT "
                                                + COLUMNS
                                                + " FROM api_keys WHERE user_id = :user AND"
                                                + " deleted_at IS NULL ORDER BY created_at, key_id")
                                .bind("user", userId)
                                .map((row, context) -> read(row))
                                .list());
    }

    @Override
    public Optional<ApiKey> find(UUID id) {
        return database.query(
                "finding an API key",
                handle ->
                        handle.createQuery(
                                        "SELECT "
                                                + COLUMNS
                                                + " FROM api_keys WHERE key_id = :id AND"
                                                + " deleted_at IS NULL")
                                .bind("id", id)
                                .map((row, context) -> read(row))
                                .findOne());
    }

    @Override
    public boolean delete(UUID userId, UUID id, Instant now) {
        return database.query(
                "deleting an API key",
                handle ->
                        handle.createUpdate(
                                                "UPDATE api_keys SET deleted_at = :now WHERE key_id"
                                                        + " = :id AND user_id = :user AND"
                                                        + " deleted_at IS NULL")
                                        .bind("id", id)
                                        .bind("user", userId)
                                        .bind("now", now.atOffset(ZoneOffset.UTC))
                                        .execute()
                                == 1);
    }

    @Override
    public Set<UUID> deletedSince(Instant time) {
        return database.query(
                "looking for deleted API keys",
                handle ->
                        handle.createQuery("SELECT key_id FROM api_keys WHERE deleted_at >= :time")
                                .bind("time", time.atOffset(ZoneOffset.UTC))
                                .mapTo(UUID.class)
                                .set());
    }

    private static short bits(Set<Scope> scopes) {
        int bits = 0;
        for (Scope scope : scopes) {
            bits |= bit(scope);
        }
        return (short) bits;
    }

    private static int bit(Scope scope) {
        return switch (scope) {
            case READ -> 1;
            case TRADE -> 2;
        };
    }

    private static ApiKey read(ResultSet row) throws SQLException {
        int bits = row.getShort(6);
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Scope scope : Scope.values()) {
            if ((bits & bit(scope)) != 0) {
                scopes.add(scope);
            }
        }
        String addresses = row.getString(8);
        return new ApiKey(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                new AccountId(row.getLong(3)),
                row.getString(4),
                Codes.API_KEY_ALGORITHM.of(row.getShort(5)),
                scopes,
                row.getString(7),
                addresses.isEmpty() ? List.of() : List.of(addresses.split(" ")),
                row.getObject(9, OffsetDateTime.class).toInstant());
    }
}
