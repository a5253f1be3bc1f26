package io.outcry.api.auth;

import io.outcry.api.http.Exchange;
import io.outcry.domain.store.User;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The answer to who has registered or signed in. */
final class SignedIn {
    private SignedIn() {}

    static void answer(Exchange exchange, int status, User user, Sessions.Tokens tokens) {
        AccessTokens.Issued issued = tokens.access();
        try {
            exchange.answer(
                    status,
                    json -> {
                        json.writeStartObject();
                        json.writeStringField("user_id", user.id().toString());
                        json.writeStringField("account_id", user.accountId().toString());
                        json.writeStringField("username", user.username());
                        json.writeStringField("role", user.role().name());
                        json.writeStringField("access_token", issued.token());
                        json.writeStringField("token_type", "Bearer");
                        json.writeNumberField("expires_in", issued.lifetime().toSeconds());
                        json.writeStringField("refresh_token", tokens.refresh());
                        json.writeNumberField(
                                "refresh_expires_in", tokens.refreshLifetime().toSeconds());
                        json.writeEndObject();
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
