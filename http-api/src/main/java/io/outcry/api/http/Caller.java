package io.outcry.api.http;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.User.Role;

/** Who has sent a request, as their access token says. */
public record Caller(String userId, AccountId accountId, Role role) {}
