package io.outcry.api.auth;

import io.outcry.domain.access.Tickets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Tickets whose content means nothing to whoever has the cache alone, and cannot be made up there:
 * it stands for who somebody is. Safe for use by many threads.
 */
final class SealedTickets implements Tickets {
    private final Tickets tickets;
    private final Sealing sealing;

    SealedTickets(Tickets tickets, Sealing sealing) {
        this.tickets = tickets;
        this.sealing = sealing;
    }

    @Override
    public void leave(String ticket, String content, Duration lifetime) {
        byte[] sealed = sealing.seal(utf8(content), utf8(ticket));
        tickets.leave(ticket, Base64.getEncoder().encodeToString(sealed), lifetime);
    }

    @Override
    public Optional<String> take(String ticket) {
        return tickets.take(ticket)
                .flatMap(content -> opened(content, ticket))
                .map(content -> new String(content, StandardCharsets.UTF_8));
    }

    private Optional<byte[]> opened(String content, String ticket) {
        try {
            return sealing.open(Base64.getDecoder().decode(content), utf8(ticket));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Was never sealed.
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
