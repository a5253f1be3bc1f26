package io.outcry.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.outcry.api.http.Caller;
import io.outcry.api.http.Route.Access;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.User;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Issues and checks access tokens: JWTs signed with ES256, for one issuer and audience. A checked
 * token is remembered while it is valid, since checking one costs more than placing an order. Safe
 * for use by many threads.
 */
public final class AccessTokens {
    private static final String ISSUER = "outcry";
    private static final String AUDIENCE = "outcry-api";
    private static final String ACCOUNT = "acct";
    private static final String ROLE = "role";
    private static final String TIER = "tier";
    private static final String SESSION = "sid";
    private static final Set<Access> TRADER_MAY =
            Set.of(Access.READ, Access.TRADE, Access.ANY, Access.SESSION);
    private static final Set<Access> ADMIN_MAY =
            Set.of(Access.READ, Access.TRADE, Access.ANY, Access.SESSION, Access.ADMIN);
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final String SCHEME = "Bearer ";
    private static final int MAX_TOKEN_LENGTH = 2048;
    private static final int MAX_REMEMBERED = 20_000;

    private final Clock clock;
    private final Duration lifetime;
    private final Predicate<UUID> ended;
    private final JWSHeader header;
    private final JWSSigner signer;
    private final JWSVerifier verifier;
    private final Cache<String, Checked> remembered =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    /** A token's content, once its signature and claims were found good. */
    private record Checked(Caller caller, Instant notBefore) {
        boolean validAt(Instant now) {
            return !now.isBefore(notBefore) && now.isBefore(caller.until());
        }
    }

    /** An access token and how long it lasts. */
    public record Issued(String token, Duration lifetime) {
        @Override
        public String toString() {
            return "Issued[" + lifetime + "]";
        }
    }

    /**
     * Issues and checks with that key.
     *
     * @param ended whether a session was ended
     */
    public AccessTokens(TokenKey key, Duration lifetime, Clock clock, Predicate<UUID> ended) {
        this.clock = clock;
        this.ended = ended;
        this.lifetime = lifetime;
        header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(TYPE)
                        .keyID(key.pair().getKeyID())
                        .build();
        try {
            signer = new ECDSASigner(key.pair());
            verifier = new ECDSAVerifier(key.pair());
        } catch (JOSEException e) {
            throw new IllegalStateException("the platform cannot sign with ES256", e);
        }
    }

    /** A token of a session of the user's. */
    public Issued issue(User user, UUID session) {
        Instant now = clock.instant();
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .subject(user.id().toString())
                        .issuer(ISSUER)
                        .audience(AUDIENCE)
                        .claim(ACCOUNT, user.accountId().value())
                        .claim(ROLE, user.role().name())
                        .claim(TIER, user.tier())
                        .claim(SESSION, session.toString())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(lifetime)))
                        .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("an access token cannot be signed", e);
        }
        return new Issued(jwt.serialize(), lifetime);
    }

    /**
     * Tells whose token it is, if it was found good before: then nothing has to be checked.
     *
     * @param authorization the request's header of that name, null when absent
     * @return null: it was not, or is not any more
     * @throws ProblemException UNAUTHENTICATED when there is no token, or its session has ended
     */
    @Nullable Caller remembered(@Nullable String authorization) {
        Checked checked = remembered.getIfPresent(token(authorization));
        return checked != null && checked.validAt(clock.instant()) ? unended(checked) : null;
    }

    /**
     * Tells whose token it is.
     *
     * @param authorization the request's header of that name, null when absent
     * @throws ProblemException UNAUTHENTICATED
     */
    public Caller authenticate(@Nullable String authorization) {
        String token = token(authorization);
        Instant now = clock.instant();
        Checked checked = remembered.getIfPresent(token);
        if (checked == null) {
            checked = check(token);
            if (checked.validAt(now)) {
                remembered.put(token, checked);
            }
        }
        if (!checked.validAt(now)) {
            remembered.invalidate(token);
            throw unauthenticated("the access token has expired");
        }
        return unended(checked);
    }

    private static String token(@Nullable String authorization) {
        if (authorization == null) {
            throw unauthenticated("an Authorization header with a Bearer token is required");
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unauthenticated("the Authorization header must be Bearer and an access token");
        }
        return authorization.substring(SCHEME.length());
    }

    private Caller unended(Checked checked) {
        if (ended.test(checked.caller().credential())) {
            throw unauthenticated("the session has ended");
        }
        return checked.caller();
    }

    private Checked check(String token) {
        try {
            if (token.length() > MAX_TOKEN_LENGTH) {
                throw unauthenticated("the access token is not valid");
            }
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!header.getAlgorithm().equals(jwt.getHeader().getAlgorithm())
                    || !TYPE.equals(jwt.getHeader().getType())
                    || !jwt.verify(verifier)
                    || !ISSUER.equals(claims.getIssuer())
                    || !claims.getAudience().contains(AUDIENCE)) {
                throw unauthenticated("the access token is not valid");
            }
            return read(claims);
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw unauthenticated("the access token is not valid");
        }
    }

    private static Checked read(JWTClaimsSet claims) throws ParseException {
        Long accountId = claims.getLongClaim(ACCOUNT);
        String role = claims.getStringClaim(ROLE);
        String tier = claims.getStringClaim(TIER);
        String subject = claims.getSubject();
        String session = claims.getStringClaim(SESSION);
        Date notBefore = claims.getNotBeforeTime();
        Date expiresAt = claims.getExpirationTime();
        if (accountId == null
                || role == null
                || subject == null
                || session == null
                || notBefore == null
                || expiresAt == null) {
            throw new IllegalArgumentException("a claim is missing");
        }
        User.Role known = User.Role.valueOf(role);
        Caller caller =
                new Caller(
                        subject,
                        new AccountId(accountId),
                        known,
                        tier == null ? User.STANDARD : tier,
                        UUID.fromString(session),
                        expiresAt.toInstant(),
                        known == User.Role.ADMIN ? ADMIN_MAY : TRADER_MAY);
        return new Checked(caller, notBefore.toInstant());
    }

    private static ProblemException unauthenticated(String detail) {
        return new ProblemException(ErrorCode.UNAUTHENTICATED, detail);
    }
}
