package io.outcry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A message that goes to many reaches each as it was written, compressed where that was agreed. */
class SharedMessageTest {
    private static final Symbol AAPL = new Symbol("AAPL");

    @AutoClose private static final TestVenue venue = TestVenue.started();

    private static void tellBook(long sequence) {
        List<BookLevel> bids = List.of(new BookLevel(14_950, sequence, 1));
        venue.live.market.onSnapshot(new BookSnapshot(AAPL, sequence, 0, bids, List.of()));
    }

    /** A client with compression, by hand. For one thread. */
    private static final class Deflating implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final Inflater inflater = new Inflater(true);
        private int compressed;

        Deflating(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream()
                    .write(PlainWebSocket.upgrade("Sec-WebSocket-Extensions: permessage-deflate"));
            assertThat(PlainWebSocket.head(in)).contains("101").contains("permessage-deflate");
        }

        void subscribe(String channel) throws IOException {
            socket.getOutputStream().write(PlainWebSocket.subscribe(channel));
        }

        JsonNode next(String type) throws Exception {
            while (true) {
                JsonNode message = TestClient.JSON.readTree(nextText());
                if (message.path("type").asText().equals(type)) {
                    return message;
                }
            }
        }

        private String nextText() throws Exception {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
            in.readFully(payload);
            if ((first & 0x40) == 0) {
                return new String(payload, UTF_8);
            }
            compressed++;
            byte[] whole = java.util.Arrays.copyOf(payload, payload.length + 4);
            whole[whole.length - 2] = (byte) 0xff;
            whole[whole.length - 1] = (byte) 0xff;
            inflater.setInput(whole);
            byte[] text = new byte[65_536];
            return new String(text, 0, inflater.inflate(text), UTF_8);
        }

        @Override
        public void close() throws IOException {
            inflater.end();
            socket.close();
        }
    }

    @Test
    void withAndWithoutCompression() throws Exception {
        tellBook(1);
        try (SocketClient plain = SocketClient.connect(venue.port(), "");
                Deflating deflating = new Deflating(venue.port());
                SocketClient other = SocketClient.connect(venue.port(), "")) {
            plain.subscribe("book:AAPL");
            deflating.subscribe("book:AAPL");
            other.subscribe("book:AAPL");
            plain.next("snapshot");
            deflating.next("snapshot");
            other.next("snapshot");
            for (long sequence = 2; sequence < 20; sequence++) {
                tellBook(sequence);
                JsonNode expected = plain.next("snapshot");
                assertThat(expected.path("sequence").asLong()).isEqualTo(sequence);
                assertThat(deflating.next("snapshot")).isEqualTo(expected);
                assertThat(other.next("snapshot")).isEqualTo(expected);
            }
            assertThat(deflating.compressed).isPositive();
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
