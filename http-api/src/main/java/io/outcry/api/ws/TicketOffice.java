package io.outcry.api.ws;

import io.outcry.api.http.Exchange;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.access.Tickets;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Sells tickets that stand for an access token where a token must not be written, such as in a URL.
 * Each is good once and not for long. Safe for use by many threads.
 */
final class TicketOffice {
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final String SCHEME = "Bearer ";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Tickets tickets;

    TicketOffice(Tickets tickets) {
        this.tickets = tickets;
    }

    void sell(Exchange exchange) throws IOException {
        String token = token(exchange.header("Authorization"));
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        tickets.leave(ticket, token, LIFETIME);
        exchange.answer(
                201,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("ticket", ticket);
                    json.writeNumberField("expires_in", LIFETIME.toSeconds());
                    json.writeEndObject();
                });
    }

    private static String token(@Nullable String authorization) {
        if (authorization == null
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Problem.of(ErrorCode.FORBIDDEN, "a ticket is given for an access token alone")
                    .toException();
        }
        return authorization.substring(SCHEME.length());
    }

    /** The token that the ticket stands for. */
    String redeem(String ticket) {
        return tickets.take(ticket)
                .orElseThrow(
                        () ->
                                Problem.of(
                                                ErrorCode.UNAUTHENTICATED,
                                                "the ticket is not valid, or no longer")
                                        .toException());
    }
}
