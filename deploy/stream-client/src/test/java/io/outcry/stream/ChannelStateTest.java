package io.outcry.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.outcry.stream.ChannelState.Verdict;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ChannelStateTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LiveBook book = new LiveBook();
    private final ChannelState state = new ChannelState(book);

    private Verdict take(String type, long sequence, long previous, String bids) throws Exception {
        return state.take(
                JSON.readTree(
                        """
                        {"channel":"book:X","type":"%s","sequence":%d,"prev_sequence":%d,"bids":%s}"""
                                .formatted(type, sequence, previous, bids)));
    }

    @Test
    void updatesAreHeededOnceASnapshotHasCome() throws Exception {
        take("update", 3, 2, "[[\"1\",\"9\"]]");
        assertThat(book.known()).isFalse();
        take("snapshot", 5, 0, "[[\"1.50\",\"2\"],[\"1.40\",\"3\"]]");
        assertThat(take("update", 7, 5, "[[\"1.5\",\"0\"],[\"1.3\",\"4\"]]"))
                .isEqualTo(Verdict.FOLLOWED);
        assertThat(book.bids().keySet())
                .containsExactly(new BigDecimal("1.4"), new BigDecimal("1.3"));
        assertThat(book.sequence()).isEqualTo(7);
    }

    @Test
    void whatDoesNotFollowIsAGapAndHeededNoMore() throws Exception {
        take("snapshot", 5, 0, "[[\"1\",\"2\"]]");
        assertThat(take("update", 9, 8, "[[\"1\",\"0\"]]")).isEqualTo(Verdict.GAP);
        assertThat(book.known()).isFalse();
        assertThat(book.bids()).hasSize(1);
        take("update", 10, 9, "[]");
        take("snapshot", 11, 0, "[]");
        assertThat(book.known()).isTrue();
        assertThat(book.bids()).isEmpty();
    }

    @Test
    void aResyncEndsWhatIsKnownUntilTheNextSnapshot() throws Exception {
        take("snapshot", 5, 0, "[]");
        take("resync", 5, 5, "[]");
        assertThat(book.known()).isFalse();
        take("snapshot", 6, 0, "[]");
        assertThat(book.known()).isTrue();
    }

    @Test
    void aChannelGoesOnFromWhereItWas() throws Exception {
        assertThat(state.canContinue()).isFalse();
        take("snapshot", 5, 0, "[]");
        state.stale();
        state.expectContinuation();
        assertThat(state.sequence()).isEqualTo(5);
        assertThat(take("update", 8, 5, "[[\"2\",\"1\"]]")).isEqualTo(Verdict.FOLLOWED);
        assertThat(book.bids()).hasSize(1);
    }
}
