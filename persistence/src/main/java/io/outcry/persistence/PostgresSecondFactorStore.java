package io.outcry.persistence;

import io.outcry.domain.store.SecondFactorStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Safe for use by many threads. */
final class PostgresSecondFactorStore implements SecondFactorStore {
    private final Database database;

    PostgresSecondFactorStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<SecondFactor> findSecondFactor(UUID userId) {
        return database.query(
                "finding a second factor",
                handle ->
                        handle.createQuery(
                                        "SELECT secret, last_step > 0 FROM second_factors"
                                                + " WHERE user_id = :user")
                                .bind("user", userId)
                                .map(
                                        (row, context) ->
                                                new SecondFactor(
                                                        row.getString(1), row.getBoolean(2)))
                                .findOne());
    }

    @Override
    public boolean begin(UUID userId, String secret) {
        return database.query(
                "beginning a second factor",
                handle ->
                        handle.createUpdate(
                                                "INSERT INTO second_factors AS f VALUES (:user,"
                                                        + " :secret, 0) ON CONFLICT (user_id) DO"
                                                        + " UPDATE SET secret = :secret WHERE"
                                                        + " f.last_step = 0")
                                        .bind("user", userId)
                                        .bind("secret", secret)
                                        .execute()
                                == 1);
    }

    @Override
    public boolean confirm(UUID userId, String secret, long step, List<String> recoveryHashes) {
        return database.query(
                "confirming a second factor",
                handle ->
                        handle.createUpdate(
                                                "UPDATE second_factors SET last_step = :step,"
                                                        + " recovery_hashes = :hashes WHERE user_id"
                                                        + " = :user AND last_step = 0 AND secret ="
                                                        + " :secret")
                                        .bind("user", userId)
                                        .bind("secret", secret)
                                        .bind("step", step)
                                        .bindArray("hashes", String.class, recoveryHashes)
                                        .execute()
                                == 1);
    }

    @Override
    public boolean use(UUID userId, long step) {
        return database.query(
                "using a code",
                handle ->
                        handle.createUpdate(
                                                "UPDATE second_factors SET last_step = :step WHERE"
                                                        + " user_id = :user AND last_step > 0 AND"
                                                        + " last_step < :step")
                                        .bind("user", userId)
                                        .bind("step", step)
                                        .execute()
                                == 1);
    }

    @Override
    public boolean useRecovery(UUID userId, String hash) {
        return database.query(
                "using a recovery code",
                handle ->
                        handle.createUpdate(
                                                "UPDATE second_factors SET recovery_hashes ="
                                                        + " array_remove(recovery_hashes,"
                                                        + " CAST(:hash AS text))"
                                                        + " WHERE user_id = :user AND :hash ="
                                                        + " ANY (recovery_hashes)")
                                        .bind("user", userId)
                                        .bind("hash", hash)
                                        .execute()
                                == 1);
    }

    @Override
    public boolean replaceRecovery(UUID userId, List<String> recoveryHashes) {
        return database.query(
                "replacing recovery codes",
                handle ->
                        handle.createUpdate(
                                                "UPDATE second_factors SET recovery_hashes ="
                                                        + " :hashes WHERE user_id = :user AND"
                                                        + " last_step > 0")
                                        .bind("user", userId)
                                        .bindArray("hashes", String.class, recoveryHashes)
                                        .execute()
                                == 1);
    }

    @Override
    public boolean remove(UUID userId) {
        return database.query(
                "removing a second factor",
                handle ->
                        handle.createUpdate("DELETE FROM second_factors WHERE user_id = :user")
                                        .bind("user", userId)
                                        .execute()
                                == 1);
    }
}
