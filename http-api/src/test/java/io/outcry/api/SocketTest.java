package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.api.TestClient.Trader;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.AccountUpdate;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketUpdate;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import io.outcry.domain.order.Side;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SocketTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final long TIME = 1_700_000_000_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AutoClose private final TestVenue venue = TestVenue.started();

    private SocketClient connect() {
        return SocketClient.connect(venue.port(), "");
    }

    private void tellSnapshot(long sequence) {
        venue.live.market.onSnapshot(
                new BookSnapshot(
                        AAPL, sequence, TIME, List.of(new BookLevel(14_950, 10, 1)), List.of()));
    }

    private static MarketUpdate update(
            long sequence, long previous, List<BookLevel> bids, List<PublicTrade> trades) {
        return new MarketUpdate(
                AAPL,
                sequence,
                previous,
                TIME,
                bids,
                List.of(),
                trades,
                new Ticker(AAPL, sequence, TIME, 14_950, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                List.of());
    }

    private static PublicTrade trade(long id, long sequence) {
        return new PublicTrade(id, AAPL, 14_950, 3, Side.SELL, sequence, TIME);
    }

    @Test
    void aBookIsASnapshotAndThenAbsoluteQuantities() throws Exception {
        tellSnapshot(5);
        try (SocketClient client = connect()) {
            client.subscribe("book:AAPL");
            assertThat(client.next("subscribed").at("/channels/0").asText()).isEqualTo("book:AAPL");
            JsonNode snapshot = client.next("snapshot");
            assertThat(snapshot.path("channel").asText()).isEqualTo("book:AAPL");
            assertThat(snapshot.path("sequence").asLong()).isEqualTo(5);
            assertThat(snapshot.path("bids").toString()).isEqualTo("[[\"149.5\",\"10\"]]");

            List<BookLevel> changes =
                    List.of(new BookLevel(14_950, 0, 0), new BookLevel(14_900, 7, 2));
            venue.live.market.onUpdate(update(9, 5, changes, List.of()));

            JsonNode changed = client.next("update");
            assertThat(changed.path("sequence").asLong()).isEqualTo(9);
            assertThat(changed.path("prev_sequence").asLong()).isEqualTo(5);
            assertThat(changed.path("bids").toString())
                    .isEqualTo("[[\"149.5\",\"0\"],[\"149\",\"7\"]]");
        }
    }

    @Test
    void aChannelThatWasNotTouchedIsLinkedToItsOwnLastMessage() throws Exception {
        tellSnapshot(5);
        try (SocketClient client = connect();
                SocketClient later = connect()) {
            client.subscribe("trades:AAPL");
            assertThat(client.next("snapshot").path("sequence").asLong()).isEqualTo(5);
            venue.live.market.onUpdate(
                    update(6, 5, List.of(new BookLevel(14_940, 1, 1)), List.of()));
            later.subscribe("trades:AAPL");
            assertThat(later.next("snapshot").path("sequence").asLong()).isEqualTo(5);
            venue.live.market.onUpdate(update(7, 6, List.of(), List.of(trade(1, 7))));

            for (SocketClient each : List.of(client, later)) {
                JsonNode message = each.next("update");
                assertThat(message.path("prev_sequence").asLong()).isEqualTo(5);
                assertThat(message.at("/trades/0/trade_id").asText()).isEqualTo("1");
            }
        }
    }

    @Test
    void aGapIsToldAndFollowedByASnapshot() throws Exception {
        tellSnapshot(5);
        try (SocketClient client = connect()) {
            client.subscribe("book:AAPL");
            client.next("snapshot");
            venue.live.market.onGap(AAPL);
            assertThat(client.next("resync").path("sequence").asLong()).isEqualTo(5);
            tellSnapshot(20);
            assertThat(client.next("snapshot").path("sequence").asLong()).isEqualTo(20);
        }
    }

    @Test
    void aReaderThatTakesNothingIsCutAndCostsTheOthersNothing() throws Exception {
        tellSnapshot(0);
        try (SocketClient client = connect();
                Socket frozen = new Socket()) {
            client.subscribe("book:AAPL");
            client.next("snapshot");
            freeze(frozen);
            await().atMost(PATIENCE).until(() -> openSockets() == 2);
            List<BookLevel> many =
                    LongStream.range(0, 500)
                            .mapToObj(i -> new BookLevel(10_000 + i, 1 + i, 1))
                            .toList();
            long told = 0;
            long endNanos = System.nanoTime() + PATIENCE.toNanos();
            while (openSockets() == 2 && System.nanoTime() < endNanos) {
                venue.live.market.onUpdate(update(told + 1, told, many, List.of()));
                told++;
                assertThat(client.next("update").path("sequence").asLong()).isEqualTo(told);
            }
            assertThat(openSockets()).isEqualTo(1);
        }
    }

    /** Subscribes, and never reads what comes of it. */
    private void freeze(Socket socket) throws Exception {
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), venue.port()));
        socket.getOutputStream().write(PlainWebSocket.upgrade());
        assertThat(PlainWebSocket.head(socket.getInputStream())).contains("101");
        socket.getOutputStream().write(PlainWebSocket.subscribe("book:AAPL"));
    }

    private int openSockets() throws Exception {
        String metrics = venue.get("/metrics", null).http().body();
        return (int)
                Double.parseDouble(
                        metrics.lines()
                                .filter(line -> line.startsWith("outcry_sockets "))
                                .findFirst()
                                .orElseThrow()
                                .substring("outcry_sockets ".length()));
    }

    @Test
    void privateChannelsWantAuthenticationFirst() throws Exception {
        try (SocketClient client = connect()) {
            client.subscribe("orders");
            assertThat(client.next("error").path("code").asText()).isEqualTo("FORBIDDEN");
            client.send("{\"op\":\"authenticate\",\"token\":\"x\"}");
            assertThat(client.next("error").path("code").asText()).isEqualTo("UNAUTHENTICATED");
            assertThat(client.closeStatus()).isEqualTo(4001);
        }
    }

    @Test
    void ownOrdersAreASnapshotAndThenWhatBecomesOfThem() throws Exception {
        Trader trader = venue.register();
        venue.post("/api/orders", trader, TestClient.order("BUY", "1", "10"));
        try (SocketClient client = connect()) {
            client.send(
                    "{\"op\":\"authenticate\",\"id\":\"a\",\"token\":\"" + trader.token() + "\"}");
            JsonNode done = client.next("authenticated");
            AccountId account = new AccountId(done.path("account_id").asLong());
            assertThat(done.path("id").asText()).isEqualTo("a");
            client.subscribe("orders");
            JsonNode snapshot = client.next("snapshot");
            assertThat(snapshot.at("/orders/0/price").asText()).isEqualTo("10");
            long known = snapshot.path("sequence").asLong();

            venue.live.publish(
                    List.of(
                            new AccountUpdate(account, known + 2, known - 1, "{\"n\":1}", null),
                            new AccountUpdate(account, known + 3, known + 2, null, "{\"n\":2}"),
                            new AccountUpdate(account, known + 5, known + 3, "{\"n\":3}", null)));

            assertThat(client.next("update").path("prev_sequence").asLong()).isEqualTo(known);
            JsonNode last = client.next("update");
            assertThat(last.path("prev_sequence").asLong()).isEqualTo(known + 2);
            assertThat(last.path("order").path("n").asInt()).isEqualTo(3);

            venue.live.publish(
                    List.of(new AccountUpdate(account, known + 9, known + 8, "{\"n\":4}", null)));
            client.next("resync");
            client.next("snapshot");
        }
    }

    @Test
    void aPrivateChannelGoesOnFromASequence() throws Exception {
        Trader trader = venue.register();
        try (SocketClient client = connect()) {
            client.send("{\"op\":\"authenticate\",\"token\":\"" + trader.token() + "\"}");
            AccountId account =
                    new AccountId(client.next("authenticated").path("account_id").asLong());
            venue.live.publish(
                    List.of(
                            new AccountUpdate(account, 7, 3, "{\"n\":1}", null),
                            new AccountUpdate(account, 8, 7, "{\"n\":2}", null)));
            client.send("{\"op\":\"subscribe\",\"channels\":[\"orders\"],\"after_sequence\":7}");
            JsonNode update = client.next("update");
            assertThat(update.path("sequence").asLong()).isEqualTo(8);
            assertThat(update.path("prev_sequence").asLong()).isEqualTo(7);
        }
    }

    @Test
    void aPrivateChannelThatCannotBeFollowedNowIsRefusedAndCanBeAskedForAgain() throws Exception {
        Trader trader = venue.register();
        try (SocketClient client = connect()) {
            client.send("{\"op\":\"authenticate\",\"token\":\"" + trader.token() + "\"}");
            client.next("authenticated");
            venue.live.away = true;
            client.subscribe("orders");
            JsonNode error = client.next("error");
            assertThat(error.path("status").asInt()).isEqualTo(503);
            assertThat(error.path("code").asText()).isEqualTo("MARKET_DATA_UNAVAILABLE");

            venue.live.away = false;
            client.subscribe("orders");
            client.next("snapshot");
        }
    }

    @Test
    void channelsAreFollowedAllOrNone() throws Exception {
        tellSnapshot(5);
        Trader trader = venue.register();
        try (SocketClient client = connect()) {
            client.send("{\"op\":\"authenticate\",\"token\":\"" + trader.token() + "\"}");
            client.next("authenticated");
            String both =
                    "{\"op\":\"subscribe\",\"id\":\"s\",\"channels\":[\"book:AAPL\",\"orders\"]}";
            venue.live.away = true;
            client.send(both);
            JsonNode refused = client.next();
            assertThat(refused.path("type").asText()).isEqualTo("error");
            assertThat(refused.path("id").asText()).isEqualTo("s");

            venue.live.away = false;
            client.send(both);
            assertThat(client.next().path("channels")).hasSize(2);
            assertThat(client.next().path("channel").asText()).isEqualTo("book:AAPL");
            assertThat(client.next().path("channel").asText()).isEqualTo("orders");
        }
    }

    @Test
    void aSequenceThatTheVenueHasNotComeToBringsASnapshot() throws Exception {
        Trader trader = venue.register();
        try (SocketClient client = connect()) {
            client.send("{\"op\":\"authenticate\",\"token\":\"" + trader.token() + "\"}");
            AccountId account =
                    new AccountId(client.next("authenticated").path("account_id").asLong());
            venue.live.publish(List.of(new AccountUpdate(account, 7, 3, "{\"n\":1}", null)));
            client.send(
                    "{\"op\":\"subscribe\",\"channels\":[\"orders\"],\"after_sequence\":900000}");
            assertThat(client.next("snapshot").path("sequence").asLong()).isLessThan(900_000);
        }
    }

    @Test
    void aTicketStandsForTheTokenOnce() throws Exception {
        Trader trader = venue.register();
        String ticket =
                venue.post("/api/auth/ws-ticket", trader, "{}").body().path("ticket").asText();
        try (SocketClient client = SocketClient.connect(venue.port(), "?ticket=" + ticket)) {
            assertThat(client.next("authenticated").path("account_id").asText()).isNotEmpty();
        }
        try (SocketClient again = SocketClient.connect(venue.port(), "?ticket=" + ticket)) {
            assertThat(again.closeStatus()).isEqualTo(4001);
        }
    }

    @Test
    void whatIsNotUnderstoodIsAnErrorAndNoMore() throws Exception {
        try (SocketClient client = connect()) {
            for (String bad :
                    List.of(
                            "x",
                            "[]",
                            "{}",
                            "{\"op\":\"fly\"}",
                            "{\"op\":\"subscribe\"}",
                            "{\"op\":\"subscribe\",\"channels\":[\"news:AAPL\"]}",
                            "{\"op\":\"subscribe\",\"channels\":[\"candles:AAPL:2m\"]}",
                            "{\"op\":\"subscribe\",\"channels\":[\"book:NOPE\"]}",
                            "{\"op\":\"ping\",\"op\":\"ping\"}",
                            "{\"op\":\"ping\",\"more\":1}")) {
                client.send(bad);
                assertThat(client.next("error").path("code").asText()).as(bad).isNotEmpty();
            }
            client.send("{\"op\":\"ping\",\"id\":\"7\"}");
            assertThat(client.next("pong").path("id").asText()).isEqualTo("7");
        }
    }

    @Test
    void aReplicaThatStopsSendsItsClientsElsewhere() throws Exception {
        tellSnapshot(5);
        try (SocketClient client = connect()) {
            client.subscribe("book:AAPL");
            client.next("snapshot");
            venue.server.close();
            assertThat(client.closeStatus()).isEqualTo(1012);
        }
    }
}
