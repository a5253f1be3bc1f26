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

class HeadReaderTest {
    private final SentFrames sent = new SentFrames();
    private final HeadReader reader = new HeadReader();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000, 200_000})
    void howMessagesBeginIsHeardHoweverTheyAreCutUp(int piece) throws Exception {
        sent.frame(1, "first").frame(9, "ping").frame(1, "y".repeat(300));
        sent.frame(1, "x".repeat(40_000)).frame(1, "z".repeat(70_000));
        sent.part(1, "in ").part(0, "three ").frame(9, "ping").frame(0, "parts").frame(1, "");

        assertThat(heard(piece))
                .containsExactly(
                        "first",
                        "y".repeat(300),
                        "x".repeat(512),
                        "z".repeat(512),
                        "in three parts",
                        "");
    }

    private List<String> heard(int piece) throws IOException {
        List<String> heard = new ArrayList<>();
        for (ByteBuffer each : sent.pieces(piece)) {
            if (reader.upgraded(each)) {
                reader.take(each, head -> heard.add(head.toString()));
            }
        }
        return heard;
    }

    @Test
    void aMessageIsHeardOnceItIsWhole() throws Exception {
        ByteBuffer all = sent.frame(1, "x".repeat(1_000)).all();
        all.limit(all.limit() - 1);
        List<String> heard = new ArrayList<>();
        assertThat(reader.upgraded(all)).isTrue();
        reader.take(all, head -> heard.add(head.toString()));
        assertThat(heard).isEmpty();

        all.limit(all.limit() + 1);
        reader.take(all, head -> heard.add(head.toString()));
        assertThat(heard).hasSize(1);
    }

    @Test
    void aGoodByeAndARefusalAreTold() throws Exception {
        ByteBuffer all = sent.frame(8, "\u0003\u00e8later").all();
        assertThat(reader.upgraded(all)).isTrue();
        assertThatThrownBy(() -> reader.take(all, head -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1000 later");

        ByteBuffer no = ByteBuffer.wrap(ascii("HTTP/1.1 503 No\r\n\r\n"));
        assertThatThrownBy(() -> new HeadReader().upgraded(no)).hasMessageContaining("503");
    }
}
