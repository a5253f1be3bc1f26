package io.outcry.persistence;

import static org.jdbi.v3.core.transaction.TransactionIsolationLevel.READ_COMMITTED;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.NewUser;
import io.outcry.domain.store.User;
import io.outcry.domain.store.UserStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Safe for use by many threads. */
final class PostgresUserStore implements UserStore {
    private static final String COLUMNS =
            "user_id, username, email, full_name, password_hash, account_id, role, tier, created_at";

    /**
     * Passes over ids of accounts that the engine has already: a database that was restored from a
     * backup may have given out fewer than are in the journal, and a new user must not get
     * another's.
     */
    private static final String NEXT_ACCOUNT =
            "WITH RECURSIVE next (id) AS (SELECT nextval('account_ids') UNION ALL"
                    + " SELECT nextval('account_ids') FROM next"
                    + " WHERE EXISTS (SELECT FROM accounts WHERE account_id = next.id))"
                    + " SELECT max(id) FROM next";

    private final Database database;

    PostgresUserStore(Database database) {
        this.database = database;
    }

    @Override
    public Registration add(NewUser user) {
        return database.query("adding a user", handle -> add(handle, user));
    }

    private static Registration add(Handle handle, NewUser user) {
        Optional<User> added =
                handle.createQuery(
                                "INSERT INTO users"
                                        + " (username, email, full_name, password_hash, account_id,"
                                        + " role) VALUES (:username, :email, :fullName, :hash,"
                                        + " ("
                                        + NEXT_ACCOUNT
                                        + "), :role)"
                                        + " ON CONFLICT DO NOTHING RETURNING "
                                        + COLUMNS)
                        .bind("username", user.username())
                        .bind("email", user.email())
                        .bind("fullName", user.fullName())
                        .bind("hash", user.passwordHash())
                        .bind("role", Codes.ROLE.of(User.Role.TRADER))
                        .map((row, context) -> read(row))
                        .findOne();
        if (added.isPresent()) {
            return new Registration.Registered(added.get());
        }
        return find(handle, "lower(username) = lower(:value)", user.username()).isPresent()
                ? new Registration.UsernameTaken()
                : new Registration.EmailTaken();
    }

    @Override
    public Optional<User> findByUsername(String username) {
        return database.query(
                "finding a user",
                handle -> find(handle, "lower(username) = lower(:value)", username));
    }

    @Override
    public Optional<User> findById(UUID id) {
        return database.query("finding a user", handle -> find(handle, "user_id = :value", id));
    }

    @Override
    public boolean setRole(String username, User.Role role) {
        return database.query(
                "giving a user a role",
                handle ->
                        handle.createUpdate(
                                                "UPDATE users SET role = :role"
                                                        + " WHERE lower(username) = lower(:name)")
                                        .bind("role", Codes.ROLE.of(role))
                                        .bind("name", username)
                                        .execute()
                                == 1);
    }

    @Override
    public boolean setTier(AccountId account, String tier) {
        return database.query(
                "putting an account in a tier",
                handle ->
                        handle.createUpdate(
                                                "UPDATE users SET tier = :tier"
                                                        + " WHERE account_id = :account")
                                        .bind("tier", tier)
                                        .bind("account", account.value())
                                        .execute()
                                == 1);
    }

    @Override
    public Optional<Set<UUID>> changePassword(PasswordChange change) {
        return database.query(
                "changing a password",
                handle -> handle.inTransaction(READ_COMMITTED, each -> change(each, change)));
    }

    /** In two statements, so that the second sees the sessions that the first has waited for. */
    private static Optional<Set<UUID>> change(Handle handle, PasswordChange change) {
        boolean changed =
                handle.createUpdate(
                                        "UPDATE users SET password_hash = :new"
                                                + " WHERE user_id = :id AND password_hash = :old")
                                .bind("id", change.userId())
                                .bind("old", change.oldHash())
                                .bind("new", change.newHash())
                                .execute()
                        == 1;
        return changed
                ? Optional.of(
                        PostgresSessionStore.endOthers(
                                handle, change.userId(), change.keptSession(), change.time()))
                : Optional.empty();
    }

    private static Optional<User> find(Handle handle, String condition, Object value) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM users WHERE " + condition)
                .bind("value", value)
                .map((row, context) -> read(row))
                .findOne();
    }

    private static User read(ResultSet row) throws SQLException {
        return new User(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                new AccountId(row.getLong(6)),
                Codes.ROLE.of(row.getShort(7)),
                row.getString(8),
                row.getObject(9, OffsetDateTime.class).toInstant());
    }
}
