package io.outcry.api.ws;

import io.outcry.api.http.Caller;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.Route.Access;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.access.Tickets;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;

/**
 * Sells tickets that stand for what a request was authenticated with where that must not be
 * written, such as in a URL. Each is good once and not for long. Safe for use by many threads.
 */
final class TicketOffice {
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final String SCHEME = "Bearer ";

    /** No token has a space in it. */
    private static final String KEY = "key ";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Tickets tickets;
    private final Callers callers;

    TicketOffice(Tickets tickets, Callers callers) {
        this.tickets = tickets;
        this.callers = callers;
    }

    void sell(Exchange exchange) throws IOException {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        tickets.leave(ticket, content(exchange), LIFETIME);
        exchange.answer(
                201,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("ticket", ticket);
                    json.writeNumberField("expires_in", LIFETIME.toSeconds());
                    json.writeEndObject();
                });
    }

    /** What is shown stays the same; an API key has none that could be shown again, but its id. */
    private static String content(Exchange exchange) {
        Caller caller = exchange.caller();
        if (!caller.may().contains(Access.SESSION)) {
            return KEY + caller.credential();
        }
        return Objects.requireNonNull(exchange.header("Authorization")).substring(SCHEME.length());
    }

    /** Whose the ticket is that a site shows. Waits for the cache, and perhaps for the database. */
    Caller redeem(String ticket, String site) {
        String content =
                tickets.take(ticket)
                        .orElseThrow(
                                () ->
                                        Problem.of(
                                                        ErrorCode.UNAUTHENTICATED,
                                                        "the ticket is not valid, or no longer")
                                                .toException());
        if (content.startsWith(KEY)) {
            UUID key = UUID.fromString(content.substring(KEY.length()));
            return callers.ofKey().apply(key);
        }
        return callers.ofToken().apply(content, site);
    }
}
