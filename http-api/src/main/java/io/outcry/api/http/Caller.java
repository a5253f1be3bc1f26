package io.outcry.api.http;

import io.outcry.api.http.Route.Access;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.User.Role;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Who has sent a request, as what they authenticate with says.
 *
 * @param tier which limits hold for the account
 * @param credential the session, or the API key
 * @param until from when on what was shown of it is good for nothing; MAX: it lasts until ended
 * @param may what the credential is good for
 */
public record Caller(
        String userId,
        AccountId accountId,
        Role role,
        String tier,
        UUID credential,
        Instant until,
        Set<Access> may) {}
