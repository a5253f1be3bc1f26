package io.outcry.persistence;

import static org.jdbi.v3.core.transaction.TransactionIsolationLevel.READ_COMMITTED;

import io.outcry.domain.store.SessionStore;
import io.outcry.domain.store.SessionStore.Renewal.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Safe for use by many threads. */
final class PostgresSessionStore implements SessionStore {
    private final Database database;

    PostgresSessionStore(Database database) {
        this.database = database;
    }

    /**
     * Locks the user's row: a change of the password waits, and then ends this session, or this one
     * waits for the change and does not begin.
     */
    @Override
    public boolean begin(NewSession session, String passwordHash) {
        return database.query(
                "beginning a session",
                handle ->
                        handle.createUpdate(
                                                "INSERT INTO sessions (session_id, user_id,"
                                                        + " secret_hash, address, idle_until,"
                                                        + " until) SELECT :id, user_id, :hash,"
                                                        + " :address, :idle, :until FROM users"
                                                        + " WHERE user_id = :user AND"
                                                        + " password_hash = :password FOR SHARE")
                                        .bind("id", session.id())
                                        .bind("user", session.userId())
                                        .bind("hash", session.secretHash())
                                        .bind("address", session.address())
                                        .bind("idle", at(session.idleUntil()))
                                        .bind("until", at(session.until()))
                                        .bind("password", passwordHash)
                                        .execute()
                                == 1);
    }

    @Override
    public Renewal renew(UUID id, String oldHash, String newHash, Instant now, Instant idleUntil) {
        return database.query(
                "renewing a session",
                handle -> {
                    Optional<UUID> user = exchange(handle, id, oldHash, newHash, now, idleUntil);
                    if (user.isPresent()) {
                        return new Renewal(Result.RENEWED, user.get());
                    }
                    // In one step with the question whether it lives: only one of many that come
                    // with an old secret is told that it was reused.
                    return new Renewal(end(handle, id, now) ? Result.REUSED : Result.UNKNOWN, null);
                });
    }

    private static Optional<UUID> exchange(
            Handle handle, UUID id, String oldHash, String newHash, Instant now, Instant idle) {
        return handle.createQuery(
                        "UPDATE sessions SET secret_hash = :new, idle_until = least(:idle, until)"
                                + " WHERE session_id = :id AND secret_hash = :old AND "
                                + " ended_at IS NULL AND idle_until > :now AND until > :now"
                                + " RETURNING user_id")
                .bind("id", id)
                .bind("old", oldHash)
                .bind("new", newHash)
                .bind("now", at(now))
                .bind("idle", at(idle))
                .mapTo(UUID.class)
                .findOne();
    }

    @Override
    public boolean end(UUID id, Instant now) {
        return database.query("ending a session", handle -> end(handle, id, now));
    }

    private static boolean end(Handle handle, UUID id, Instant now) {
        return handle.createUpdate(
                                "UPDATE sessions SET ended_at = :now WHERE session_id = :id"
                                        + " AND ended_at IS NULL AND idle_until > :now"
                                        + " AND until > :now")
                        .bind("id", id)
                        .bind("now", at(now))
                        .execute()
                == 1;
    }

    /**
     * In two statements, of which the first waits for sessions that are just beginning, so that the
     * second sees them. One that is just being renewed has a row already, which the second waits
     * for.
     */
    @Override
    public void endAll(UUID userId, Instant now) {
        int unused =
                database.query(
                        "ending a user's sessions",
                        handle ->
                                handle.inTransaction(
                                        READ_COMMITTED, each -> endAll(each, userId, now)));
    }

    private static int endAll(Handle handle, UUID userId, Instant now) {
        handle.execute("SELECT FROM users WHERE user_id = ? FOR UPDATE", userId);
        return handle.createUpdate(
                        "UPDATE sessions SET ended_at = :now WHERE user_id = :user"
                                + " AND ended_at IS NULL")
                .bind("user", userId)
                .bind("now", at(now))
                .execute();
    }

    /** Ends all the user's sessions but one; returns those that had not ended. */
    static Set<UUID> endOthers(Handle handle, UUID userId, UUID kept, Instant now) {
        return handle.createQuery(
                        "UPDATE sessions SET ended_at = :now WHERE user_id = :user"
                                + " AND session_id <> :kept AND ended_at IS NULL"
                                + " RETURNING session_id")
                .bind("user", userId)
                .bind("kept", kept)
                .bind("now", at(now))
                .mapTo(UUID.class)
                .set();
    }

    @Override
    public Set<UUID> endedSince(Instant time) {
        return database.query(
                "looking for ended sessions",
                handle ->
                        handle.createQuery(
                                        "SELECT session_id FROM sessions WHERE ended_at >= :time")
                                .bind("time", at(time))
                                .mapTo(UUID.class)
                                .set());
    }

    @Override
    public boolean hasSignedInFrom(UUID userId, String address) {
        return database.query(
                "looking for sessions of an address",
                handle ->
                        handle.createQuery(
                                        "SELECT EXISTS (SELECT 1 FROM sessions WHERE user_id ="
                                                + " :user AND address = :address)")
                                .bind("user", userId)
                                .bind("address", address)
                                .mapTo(Boolean.class)
                                .one());
    }

    @Override
    public void prune(Instant before) {
        int unused =
                database.query(
                        "forgetting old sessions",
                        handle ->
                                handle.createUpdate("DELETE FROM sessions WHERE until < :before")
                                                .bind("before", at(before))
                                                .execute()
                                        + handle.createUpdate(
                                                        "DELETE FROM sign_in_failures WHERE"
                                                                + " last_at < :before")
                                                .bind("before", at(before))
                                                .execute());
    }

    @Override
    public Duration failed(String subject, int free, Duration longest, Instant now) {
        return database.query(
                "counting a failed sign-in",
                handle -> {
                    int failures = count(handle, subject, now);
                    Duration wait = wait(failures - free, longest);
                    int unused =
                            handle.createUpdate(
                                            "UPDATE sign_in_failures SET blocked_until ="
                                                    + " greatest(blocked_until, :until)"
                                                    + " WHERE subject = :subject")
                                    .bind("subject", subject)
                                    .bind("until", at(now.plus(wait)))
                                    .execute();
                    return wait;
                });
    }

    private static int count(Handle handle, String subject, Instant now) {
        return handle.createQuery(
                        "INSERT INTO sign_in_failures AS f VALUES (:subject, 1, :now, :now)"
                                + " ON CONFLICT (subject) DO UPDATE SET failures = f.failures + 1,"
                                + " last_at = :now RETURNING failures")
                .bind("subject", subject)
                .bind("now", at(now))
                .mapTo(Integer.class)
                .one();
    }

    private static Duration wait(int excess, Duration longest) {
        if (excess < 1) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(excess - 1, 30));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    @Override
    public Duration mustWait(String subject, Instant now) {
        return database.query(
                "looking for failed sign-ins",
                handle ->
                        handle.createQuery(
                                        "SELECT blocked_until FROM sign_in_failures"
                                                + " WHERE subject = :subject AND blocked_until > :now")
                                .bind("subject", subject)
                                .bind("now", at(now))
                                .mapTo(OffsetDateTime.class)
                                .findOne()
                                .map(until -> Duration.between(now, until.toInstant()))
                                .orElse(Duration.ZERO));
    }

    @Override
    public void succeeded(String subject) {
        int unused =
                database.query(
                        "forgetting failed sign-ins",
                        handle ->
                                handle.createUpdate(
                                                "DELETE FROM sign_in_failures WHERE subject ="
                                                        + " :subject")
                                        .bind("subject", subject)
                                        .execute());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
