package io.outcry.api.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketUpdate;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Tickers;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SymbolFeedTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Channel TRADES = Channel.of("trades:AAPL");
    private static final Channel BOOK = Channel.of("book:AAPL");
    private static final Instrument INSTRUMENT =
            new Instrument(
                    AAPL,
                    new Currency("USD"),
                    new Scale(0),
                    new Scale(0),
                    new Scale(0),
                    1,
                    1,
                    1_000,
                    0,
                    0,
                    0,
                    0,
                    0,
                    InstrumentStatus.OPEN,
                    0);

    private final SymbolFeed feed = new SymbolFeed();

    @Test
    void whoIsToldLaterHearsInOneMessageWhatCameMeanwhile() {
        feed.startAnew(start(10));
        List<Client> clients = follow(600);
        List<Cohort> turns = feed.update(update(10, 11));
        assertThat(turns).hasSize(3);

        feed.tell(turns.get(0));
        assertThat(feed.update(update(11, 12))).containsExactly(turns.get(0));
        feed.tell(turns.get(1));
        feed.tell(turns.get(2));
        feed.tell(turns.get(0));

        assertThat(clients.get(0).heard)
                .containsExactly("snapshot 10", "update 10 to 11: 11", "update 11 to 12: 12");
        assertThat(clients.get(599).heard).containsExactly("snapshot 10", "update 10 to 12: 11 12");
    }

    @Test
    void whoJoinsHasWhatWaitedInTheSnapshotAndGoesOnFromThere() {
        feed.startAnew(start(10));
        Client before = follow(1).get(0);
        List<Cohort> turns = feed.update(update(10, 11));
        Client joined = follow(1).get(0);
        turns.forEach(feed::tell);
        feed.update(update(11, 12)).forEach(feed::tell);

        assertThat(before.heard)
                .containsExactly("snapshot 10", "update 10 to 11: 11", "update 11 to 12: 12");
        assertThat(joined.heard).containsExactly("snapshot 11: 11", "update 11 to 12: 12");
    }

    @Test
    void whatWaitedIsForgottenWhenAllBeginsAnew() {
        feed.startAnew(start(10));
        Client client = follow(1).get(0);
        List<Cohort> turns = feed.update(update(10, 11));
        feed.lose();
        feed.update(update(11, 12)).forEach(feed::tell);
        feed.startAnew(start(20));
        turns.forEach(feed::tell);
        feed.update(update(20, 21)).forEach(feed::tell);

        assertThat(client.heard)
                .containsExactly("snapshot 10", "resync 10", "snapshot 20", "update 20 to 21: 21");
    }

    @Test
    void theChannelsOfAClientAreSentTogether() {
        feed.startAnew(start(10));
        follow(249);
        Client client = new Client();
        feed.follow(TRADES, INSTRUMENT, client);
        follow(250);
        feed.follow(BOOK, INSTRUMENT, client);
        int sentBefore = client.sent;
        feed.update(update(10, 11)).forEach(feed::tell);

        assertThat(client.heard).hasSize(4);
        assertThat(client.sent).isEqualTo(sentBefore + 1);
    }

    @Test
    void whoHasLeftHearsNothingAndItsPlaceIsFree() {
        feed.startAnew(start(10));
        List<Client> clients = follow(250);
        feed.leave(TRADES, clients.get(0));
        follow(1);
        List<Cohort> turns = feed.update(update(10, 11));
        assertThat(turns).hasSize(1);
        turns.forEach(feed::tell);
        assertThat(clients.get(0).heard).containsExactly("snapshot 10");

        feed.leave(BOOK, clients.get(1));
        feed.update(update(11, 12)).forEach(feed::tell);
        assertThat(clients.get(1).heard).hasSize(3);
    }

    @Test
    void itIsFullWhileTooMuchWaitsForSomebody() {
        feed.startAnew(start(0));
        follow(300);
        List<Cohort> turns = feed.update(update(0, 1));
        for (int i = 1; i < 1_998; i++) {
            feed.update(update(i, i + 1));
        }
        assertThat(feed.isFull()).isFalse();
        feed.update(update(1_998, 1_999)); // With the level 2,000 changes.
        assertThat(feed.isFull()).isTrue();
        feed.tell(turns.get(0));
        assertThat(feed.isFull()).isTrue();
        feed.tell(turns.get(1));
        assertThat(feed.isFull()).isFalse();
    }

    private List<Client> follow(int count) {
        List<Client> clients = Stream.generate(Client::new).limit(count).toList();
        clients.forEach(client -> feed.follow(TRADES, INSTRUMENT, client));
        return clients;
    }

    private static MarketStart start(long sequence) {
        return new MarketStart(
                new BookSnapshot(AAPL, sequence, 0, List.of(), List.of()),
                List.of(),
                null,
                List.of());
    }

    /** With a trade and a level more, both of that number. */
    private static MarketUpdate update(long from, long to) {
        BookSnapshot none = new BookSnapshot(AAPL, to, 0, List.of(), List.of());
        return new MarketUpdate(
                AAPL,
                to,
                from,
                0,
                List.of(new BookLevel(10, to, 1)),
                List.of(),
                List.of(new PublicTrade(to, AAPL, 10, 1, Side.BUY, to, 0)),
                new Tickers().ticker(AAPL, 0, none),
                List.of());
    }

    /** Notes what it hears. */
    private static final class Client implements Follower {
        private static final ObjectMapper JSON = new ObjectMapper();

        final List<String> heard = new ArrayList<>();
        int sent;

        @Override
        public void hearMore(byte[] message) {
            try {
                heard.add(text(JSON.readTree(message)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String text(JsonNode message) {
            String type = message.get("type").asText();
            String from =
                    type.equals("update") ? message.get("prev_sequence").asLong() + " to " : "";
            JsonNode trades = message.path("trades");
            List<String> ids =
                    IntStream.range(0, trades.size())
                            .mapToObj(i -> trades.get(i).get("trade_id").asText())
                            .toList();
            String text = type + " " + from + message.get("sequence").asLong();
            return ids.isEmpty() ? text : text + ": " + String.join(" ", ids);
        }

        @Override
        public void heardAll() {
            sent++;
        }
    }
}
