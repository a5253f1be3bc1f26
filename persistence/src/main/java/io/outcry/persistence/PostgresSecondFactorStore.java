package io.outcry.persistence;

import io.outcry.domain.store.SecondFactorStore;
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
    public boolean use(UUID userId, long step) {
        return database.query(
                "using a code",
                handle ->
                        handle.createUpdate(
                                                "UPDATE second_factors SET last_step = :step WHERE"
                                                        + " user_id = :user AND last_step < :step")
                                        .bind("user", userId)
                                        .bind("step", step)
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
