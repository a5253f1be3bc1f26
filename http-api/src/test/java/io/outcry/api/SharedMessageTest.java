package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A message that goes to many reaches each as it was written. */
class SharedMessageTest {
    private static final Symbol AAPL = new Symbol("AAPL");

    @AutoClose private static final TestVenue venue = TestVenue.started();

    private static void tellBook(long sequence) {
        List<BookLevel> bids = List.of(new BookLevel(14_950, sequence, 1));
        venue.live.market.onSnapshot(new BookSnapshot(AAPL, sequence, 0, bids, List.of()));
    }

    @Test
    void toAll() throws Exception {
        tellBook(1);
        try (SocketClient one = SocketClient.connect(venue.port(), "");
                SocketClient other = SocketClient.connect(venue.port(), "")) {
            one.subscribe("book:AAPL");
            other.subscribe("book:AAPL");
            one.next("snapshot");
            other.next("snapshot");
            for (long sequence = 2; sequence < 20; sequence++) {
                tellBook(sequence);
                JsonNode expected = one.next("snapshot");
                assertThat(expected.path("sequence").asLong()).isEqualTo(sequence);
                assertThat(other.next("snapshot")).isEqualTo(expected);
            }
        }
    }

    @Test
    void inPlainFramesWhateverIsOffered() throws Exception {
        tellBook(1);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), venue.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            PlainWebSocket.upgrade(
                                    "Sec-WebSocket-Extensions: fragment;maxLength=1, identity,"
                                            + " permessage-deflate"));
            assertThat(PlainWebSocket.head(socket.getInputStream()).toLowerCase(Locale.ROOT))
                    .contains("101")
                    .doesNotContain("extensions");
            socket.getOutputStream().write(PlainWebSocket.subscribe("book:AAPL"));
            assertThat(socket.getInputStream().read()).as("a whole text").isEqualTo(0x81);
        }
    }

    @Test
    void ofSeveralChannelsInTheirOrder() throws Exception {
        tellBook(30);
        try (SocketClient client = SocketClient.connect(venue.port(), "")) {
            for (String channel : List.of("book:AAPL", "trades:AAPL", "ticker:AAPL")) {
                client.subscribe(channel);
                client.next("snapshot");
            }
            for (long sequence = 31; sequence < 80; sequence++) {
                tellBook(sequence);
                for (int i = 0; i < 3; i++) {
                    assertThat(client.next("snapshot").path("sequence").asLong())
                            .isEqualTo(sequence);
                }
            }
        }
    }
}
