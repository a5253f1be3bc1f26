package io.outcry.api.auth;

import io.outcry.api.http.Authenticator;
import io.outcry.api.http.Caller;
import io.outcry.api.http.ClientAddress;
import io.outcry.api.http.Exchange;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** By a signature where there is one, else by an access token. Safe for use by many threads. */
final class Credentials implements Authenticator {
    private final AccessTokens tokens;
    private final ApiSignatures signatures;
    private final WrongCredentials wrong;
    private final ClientAddress addresses;

    Credentials(
            AccessTokens tokens,
            ApiSignatures signatures,
            WrongCredentials wrong,
            ClientAddress addresses) {
        this.tokens = tokens;
        this.signatures = signatures;
        this.wrong = wrong;
        this.addresses = addresses;
    }

    @Override
    public Caller authenticate(Exchange exchange) {
        return exchange.header(ApiSignatures.KEY) == null
                ? tokenHolder(exchange.header("Authorization"), () -> addresses.site(exchange))
                : signatures.authenticate(exchange);
    }

    /**
     * Whose access token it is.
     *
     * @param authorization as of a request's header of that name, null when absent
     * @param site who shows it; asked for only when the token was not seen before
     */
    Caller tokenHolder(@Nullable String authorization, Supplier<String> site) {
        Caller known = tokens.remembered(authorization);
        return known == null
                ? wrong.counting(site.get(), () -> tokens.authenticate(authorization))
                : known;
    }
}
