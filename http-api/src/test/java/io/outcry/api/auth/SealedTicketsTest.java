package io.outcry.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.access.Tickets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTicketsTest {
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final String TOKEN = "eyJ0eXAiOiJhdCtqd3Qi";

    private final Map<String, String> kept = new HashMap<>();
    private final Tickets plain =
            new Tickets() {
                @Override
                public void leave(String ticket, String content, Duration lifetime) {
                    kept.put(ticket, content);
                }

                @Override
                public Optional<String> take(String ticket) {
                    return Optional.ofNullable(kept.remove(ticket));
                }
            };
    private final Tickets tickets = new SealedTickets(plain, new Sealing(new byte[32]));

    @Test
    void whatWasLeftIsTakenAndTheCacheDoesNotSeeIt() {
        tickets.leave("ticket", TOKEN, LIFETIME);

        assertThat(kept.get("ticket")).doesNotContain(TOKEN);
        assertThat(tickets.take("ticket")).contains(TOKEN);
        assertThat(tickets.take("ticket")).isEmpty();
    }

    @Test
    void whatWasLeftForOneTicketIsNoGoodForAnother() {
        tickets.leave("ticket", TOKEN, LIFETIME);
        kept.put("another", kept.get("ticket"));

        assertThat(tickets.take("another")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"key 6b5cf1f0-54c1-4f52-9d4b-3d9b6a1e0c55", "a2V5", "", TOKEN})
    void whatSomebodyElseHasPutThereIsNothing(String content) {
        kept.put("ticket", content);

        assertThat(tickets.take("ticket")).isEmpty();
    }
}
