package io.outcry.api.ws;

import io.outcry.api.http.Caller;
import java.util.UUID;
import java.util.function.Function;

/**
 * Tells who clients are; both throw UNAUTHENTICATED. Safe for use by many threads.
 *
 * @param ofToken whose an access token is
 * @param ofKey whose an API key is
 */
public record Callers(Function<String, Caller> ofToken, Function<UUID, Caller> ofKey) {

    Credential holding(String token) {
        return () -> ofToken.apply(token);
    }
}
