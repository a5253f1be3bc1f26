package io.outcry.load.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmTest {
    private static final long PATIENCE_SECONDS = 20;

    private final LinkedBlockingQueue<Long> rungAt = new LinkedBlockingQueue<>();
    private final Alarm alarm = new Alarm(() -> rungAt.add(System.nanoTime()));

    @AfterEach
    void close() {
        alarm.close();
    }

    @Test
    void ringsOnceAndNeverEarly() throws Exception {
        for (int i = 0; i < 20; i++) {
            long due = System.nanoTime() + 300_000;
            alarm.set(due);
            assertThat(rungAt.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(due);
        }

        assertThat(rungAt).isEmpty();
    }

    @Test
    void forgetsTheTimeThatWasSetBefore() throws Exception {
        alarm.set(System.nanoTime() + Duration.ofHours(1).toNanos());
        long sooner = System.nanoTime() + 1_000_000;

        alarm.set(sooner);

        assertThat(rungAt.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(sooner);
    }

    @Test
    void leavesNoThreadBehind() {
        alarm.close();

        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> !alarm.isRunning());
    }
}
