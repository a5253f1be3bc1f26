package io.outcry.api.auth;

import io.outcry.api.http.Authenticator;
import io.outcry.api.http.Caller;
import io.outcry.api.http.Exchange;

/** By a signature where there is one, else by an access token. Safe for use by many threads. */
final class Credentials implements Authenticator {
    private final AccessTokens tokens;
    private final ApiSignatures signatures;

    Credentials(AccessTokens tokens, ApiSignatures signatures) {
        this.tokens = tokens;
        this.signatures = signatures;
    }

    @Override
    public Caller authenticate(Exchange exchange) {
        return exchange.header(ApiSignatures.KEY) == null
                ? tokens.authenticate(exchange.header("Authorization"))
                : signatures.authenticate(exchange);
    }
}
