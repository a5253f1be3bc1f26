package io.outcry.load.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private static final long MILLI = 1_000_000;

    @Test
    void firesTimersInTheirOrderAndNeverEarly() throws Exception {
        try (EventLoop loop = new EventLoop()) {
            List<Integer> order = new ArrayList<>();
            List<Long> earlyNanos = new ArrayList<>();
            long start = loop.now();
            for (int delay : new int[] {40, 5, 20, 0, 1}) {
                long due = start + delay * MILLI;
                loop.at(
                        due,
                        () -> {
                            order.add(delay);
                            earlyNanos.add(due - loop.now());
                        });
            }

            loop.run(() -> order.size() == 5);

            assertThat(order).containsExactly(0, 1, 5, 20, 40);
            assertThat(earlyNanos).allMatch(early -> early <= 0);
        }
    }
}
