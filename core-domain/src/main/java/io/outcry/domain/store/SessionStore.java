package io.outcry.domain.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. A session is renewed by a secret that changes each time, of which only a hash
 * is kept. Safe for use by many threads. Methods throw {@link StoreUnavailableException} when the
 * store does not answer.
 */
public interface SessionStore {

    /**
     * A session that begins.
     *
     * @param secretHash of what renews it
     * @param address that the user signed in from
     * @param idleUntil when it ends unless it is renewed
     * @param until when it ends at the latest
     */
    record NewSession(
            UUID id,
            UUID userId,
            String secretHash,
            String address,
            Instant idleUntil,
            Instant until) {}

    /**
     * Begins it, unless the user's password is not that of the hash any more: none begins by a
     * password that was changed meanwhile.
     *
     * @return whether it has begun
     */
    boolean begin(NewSession session, String passwordHash);

    /**
     * Exchanges the secret. One that was exchanged before, or never was the session's, ends it:
     * someone else has it.
     */
    Renewal renew(UUID id, String oldHash, String newHash, Instant now, Instant idleUntil);

    /** Ends the session; whether it was there and had not ended. */
    boolean end(UUID id, Instant now);

    /** Ends all the user's sessions. */
    void endAll(UUID userId, Instant now);

    /** Sessions that were ended, not those that expired, at or after that time. */
    Set<UUID> endedSince(Instant time);

    /** Whether the user has had a session from the address. */
    boolean hasSignedInFrom(UUID userId, String address);

    /** Forgets what expired before that time. */
    void prune(Instant before);

    /** What became of a renewal. */
    record Renewal(Result result, @Nullable UUID userId) {
        /** Kinds of it. */
        public enum Result {
            RENEWED,
            /** The secret was not the current one; the session was ended. */
            REUSED,
            /** No such session, or it has ended. */
            UNKNOWN
        }
    }

    /**
     * Counts a failed sign-in, and says how long the next one of that subject must wait.
     *
     * @param free failures that cost nothing; each one after doubles the wait, from a second on
     * @param longest wait
     */
    Duration failed(String subject, int free, Duration longest, Instant now);

    /** How long a sign-in of the subject must wait. */
    Duration mustWait(String subject, Instant now);

    /** Forgets the subject's failures. */
    void succeeded(String subject);
}
