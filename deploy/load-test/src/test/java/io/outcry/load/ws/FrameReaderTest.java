package io.outcry.load.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final String UPGRADED = "HTTP/1.1 101 Switching Protocols\r\nA: b\r\n\r\n";

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final FrameReader reader = new FrameReader();

    private void send(String text) {
        sent.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void frame(int opcode, String payload) {
        part(0x80 | opcode, payload);
    }

    private void part(int firstByte, String payload) {
        sent.write(firstByte);
        if (payload.length() > 125) {
            sent.write(126);
            sent.write(payload.length() >> 8);
        }
        sent.write(payload.length());
        sent.writeBytes(payload.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000, 100_000})
    void messagesAreFoundHoweverTheyAreCutUp(int piece) throws Exception {
        String large = "x".repeat(40_000);
        send(UPGRADED);
        frame(1, "first");
        frame(9, "ping");
        frame(1, large);
        part(1, "in ");
        part(0, "three ");
        frame(9, "ping");
        frame(0, "parts");
        frame(1, "");
        List<String> found = new ArrayList<>();
        byte[] all = sent.toByteArray();
        for (int from = 0; from < all.length; from += piece) {
            reader.add(ByteBuffer.wrap(all, from, Math.min(piece, all.length - from)));
            if (reader.upgraded()) {
                while (reader.next()) {
                    found.add(reader.text().toString());
                }
            }
        }
        assertThat(found).containsExactly("first", large, "in three parts", "");
    }

    @Test
    void aGoodByeAndARefusalAreTold() throws Exception {
        send(UPGRADED);
        frame(8, "\u0003\u00e8later");
        reader.add(ByteBuffer.wrap(sent.toByteArray()));
        assertThat(reader.upgraded()).isTrue();
        assertThatThrownBy(reader::next)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("later");

        FrameReader refused = new FrameReader();
        refused.add(ByteBuffer.wrap("HTTP/1.1 503 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertThatThrownBy(refused::upgraded).hasMessageContaining("503");
    }

    @Test
    void whatAMessageHoldsIsFoundByWhatStandsBeforeIt() throws Exception {
        send(UPGRADED);
        frame(1, "{\"type\":\"error\",\"id\":\"42\",\"status\":503,\"code\":\"OVERLOADED\"}");
        reader.add(ByteBuffer.wrap(sent.toByteArray()));
        assertThat(reader.upgraded() && reader.next()).isTrue();
        MessageText text = reader.text();
        assertThat(text.number(bytes("\"id\":\""))).isEqualTo(42);
        assertThat(text.number(bytes("\"status\":"))).isEqualTo(503);
        assertThat(text.string(bytes("\"code\":\""))).isEqualTo("OVERLOADED");
        assertThat(text.number(bytes("\"order\":"))).isEqualTo(-1);
        assertThat(text.string(bytes("\"time\":\""))).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
