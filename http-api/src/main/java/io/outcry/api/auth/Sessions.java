package io.outcry.api.auth;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.store.SessionStore;
import io.outcry.domain.store.SessionStore.NewSession;
import io.outcry.domain.store.SessionStore.Renewal;
import io.outcry.domain.store.User;
import io.outcry.domain.store.UserStore;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;

/**
 * Who is signed in: a session is renewed by a refresh token that is good once. It holds the
 * session's id and a secret, of which the store has a hash. Safe for use by many threads.
 */
final class Sessions {
    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    private final SessionStore store;
    private final UserStore users;
    private final AccessTokens tokens;
    private final EndedCredentials ended;
    private final SessionLifetimes lifetimes;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** What a user who is signed in has in hand. */
    record Tokens(AccessTokens.Issued access, String refresh, Duration refreshLifetime) {
        @Override
        public String toString() {
            return "Tokens[" + access + "]";
        }
    }

    /** A session that goes on. */
    record Renewed(User user, Tokens tokens) {}

    Sessions(
            SessionStore store,
            UserStore users,
            AccessTokens tokens,
            EndedCredentials ended,
            SessionLifetimes lifetimes,
            Clock clock) {
        this.store = store;
        this.users = users;
        this.tokens = tokens;
        this.ended = ended;
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    /**
     * Signs the user in, as what the user is once the session can be ended: somebody who lost a
     * role while the password was checked must not get a token that tells it.
     *
     * @param user as it was when the password was found right
     * @throws ProblemException INVALID_CREDENTIALS when the password was changed meanwhile
     */
    Tokens begin(User user, String address) {
        UUID id = UUID.randomUUID();
        byte[] secret = secret();
        Instant now = clock.instant();
        NewSession session =
                new NewSession(
                        id,
                        user.id(),
                        SecretHash.of(secret),
                        address,
                        now.plus(lifetimes.idle()),
                        now.plus(lifetimes.most()));
        if (!store.begin(session, user.passwordHash())) {
            throw new ProblemException(
                    ErrorCode.INVALID_CREDENTIALS, "the password was changed meanwhile");
        }
        return tokens(present(user.id()), id, secret);
    }

    /**
     * Exchanges a refresh token.
     *
     * @param onReuse what is done once when the token was used before, which ends the session
     * @throws ProblemException UNAUTHENTICATED
     */
    Renewed renew(String refreshToken, Runnable onReuse) {
        byte[] bytes = decode(refreshToken);
        ByteBuffer idBytes = ByteBuffer.wrap(bytes, 0, ID_BYTES);
        UUID id = new UUID(idBytes.getLong(), idBytes.getLong());
        String old = SecretHash.of(Arrays.copyOfRange(bytes, ID_BYTES, bytes.length));
        byte[] secret = secret();
        Instant now = clock.instant();
        Renewal renewal =
                store.renew(id, old, SecretHash.of(secret), now, now.plus(lifetimes.idle()));
        switch (renewal.result()) {
            case UNKNOWN -> throw refused("the refresh token is not valid, or has expired");
            case REUSED -> {
                ended.add(id);
                onReuse.run();
                throw refused("the refresh token was used before: the session is over");
            }
            case RENEWED -> {}
        }
        User user = present(Objects.requireNonNull(renewal.userId()));
        return new Renewed(user, tokens(user, id, secret));
    }

    private User present(UUID user) {
        return users.findById(user).orElseThrow(() -> refused("the user is gone"));
    }

    /** Ends the session on every replica. */
    void end(UUID id) {
        boolean unused = store.end(id, clock.instant());
        ended.add(id);
    }

    private Tokens tokens(User user, UUID id, byte[] secret) {
        ByteBuffer bytes = ByteBuffer.allocate(ID_BYTES + SECRET_BYTES);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        bytes.put(secret);
        String refresh = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
        return new Tokens(tokens.issue(user, id), refresh, lifetimes.idle());
    }

    private byte[] secret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return secret;
    }

    private static byte[] decode(String refreshToken) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(refreshToken);
            if (bytes.length == ID_BYTES + SECRET_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw refused("the refresh token is not valid, or has expired");
        }
        throw refused("the refresh token is not valid, or has expired");
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ErrorCode.UNAUTHENTICATED, detail);
    }
}
