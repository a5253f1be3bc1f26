package io.outcry.api.ws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.http.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final SlowSocket socket = new SlowSocket();
    private final Outbox outbox = new Outbox(socket);

    /** Takes messages, and says that they are gone when it is told to. */
    private static final class SlowSocket implements Socket {
        private final List<byte[]> taken = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private Outcome last;

        @Override
        public String requestId() {
            return "r";
        }

        @Override
        public String site() {
            return "192.0.2.1";
        }

        @Override
        public void send(byte[] utf8, Order order, Outcome outcome) {
            taken.add(utf8);
            texts.add(new String(utf8, UTF_8) + " " + order);
            last = outcome;
        }

        @Override
        public void close(int status, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cut() {
            throw new UnsupportedOperationException();
        }
    }

    private boolean offer(String text) {
        return outbox.offer(text.getBytes(UTF_8));
    }

    @Test
    void oneMessageMayBeLargerThanAllThatMayWait() {
        String large = "x".repeat(Outbox.MOST_BYTES + 1);
        assertThat(offer(large)).isTrue();
        assertThat(offer("b")).isFalse();
        outbox.send();
        socket.last.sent();
        assertThat(offer(large)).isTrue();
    }

    @Test
    void whatWaitsGoesTogetherAndTheLastOfItEndsIt() {
        offer("a");
        offer("b");
        assertThat(socket.texts).isEmpty();
        outbox.send();
        socket.last.sent();
        assertThat(socket.texts).containsExactly("a MORE_FOLLOW", "b LAST");
    }

    @Test
    void whatComesMeanwhileWaitsForWhatIsOnItsWay() {
        offer("a");
        outbox.send();
        offer("b");
        offer("c");
        outbox.send();
        assertThat(socket.texts).containsExactly("a LAST");
        socket.last.sent();
        socket.last.sent();
        assertThat(socket.texts).containsExactly("a LAST", "b MORE_FOLLOW", "c LAST");
    }

    @Test
    void aMessageIsSentAsItIsAndNotAsACopy() {
        byte[] message = {'x'};
        outbox.offer(message);
        outbox.send();
        assertThat(socket.taken.get(0)).isSameAs(message);
    }

    @Test
    void moreThanIsAllowedToWaitIsNotTaken() {
        for (int i = 0; i < Outbox.MOST_MESSAGES; i++) {
            assertThat(offer("a")).isTrue();
        }
        assertThat(offer("a")).isFalse();
        Outbox other = new Outbox(socket);
        assertThat(other.offer(new byte[Outbox.MOST_BYTES])).isTrue();
        assertThat(other.offer(new byte[1])).isFalse();
    }

    @Test
    void theEndComesOnceAndAfterAllThatWaits() {
        AtomicInteger ends = new AtomicInteger();
        offer("a");
        offer("b");
        outbox.finish(ends::incrementAndGet);
        assertThat(offer("c")).isFalse();
        socket.last.sent();
        assertThat(ends).hasValue(0);
        socket.last.sent();
        outbox.finish(ends::incrementAndGet);
        assertThat(ends).hasValue(1);
        assertThat(socket.texts).containsExactly("a MORE_FOLLOW", "b LAST");
    }

    @Test
    void nothingFollowsOnAFailure() {
        offer("a");
        offer("b");
        outbox.send();
        socket.last.failed();
        assertThat(offer("c")).isFalse();
        assertThat(socket.texts).containsExactly("a MORE_FOLLOW");
    }
}
