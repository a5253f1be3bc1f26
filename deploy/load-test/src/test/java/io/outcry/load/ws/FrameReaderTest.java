package io.outcry.load.ws;

import static io.outcry.load.ws.SentFrames.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private final SentFrames sent = new SentFrames();
    private final FrameReader reader = new FrameReader();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000, 100_000})
    void messagesAreFoundHoweverTheyAreCutUp(int piece) throws Exception {
        String large = "x".repeat(40_000);
        sent.frame(1, "first").frame(9, "ping").frame(1, large).part(1, "in ").part(0, "three ");
        sent.frame(9, "ping").frame(0, "parts").frame(1, "");
        List<String> found = new ArrayList<>();
        for (ByteBuffer each : sent.pieces(piece)) {
            reader.add(each);
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
        reader.add(sent.frame(8, "\u0003\u00e8later").all());
        assertThat(reader.upgraded()).isTrue();
        assertThatThrownBy(reader::next)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("later");

        FrameReader refused = new FrameReader();
        refused.add(ByteBuffer.wrap(ascii("HTTP/1.1 503 No\r\n\r\n")));
        assertThatThrownBy(refused::upgraded).hasMessageContaining("503");
    }

    @Test
    void whatAMessageHoldsIsFoundByWhatStandsBeforeIt() throws Exception {
        sent.frame(1, "{\"type\":\"error\",\"id\":\"42\",\"status\":503,\"code\":\"OVERLOADED\"}");
        reader.add(sent.all());
        assertThat(reader.upgraded() && reader.next()).isTrue();
        MessageText text = reader.text();
        assertThat(text.number(ascii("\"id\":\""))).isEqualTo(42);
        assertThat(text.number(ascii("\"status\":"))).isEqualTo(503);
        assertThat(text.string(ascii("\"code\":\""))).isEqualTo("OVERLOADED");
        assertThat(text.number(ascii("\"order\":"))).isEqualTo(-1);
        assertThat(text.string(ascii("\"time\":\""))).isEmpty();
    }
}
