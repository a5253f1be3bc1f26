package io.outcry.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.outcry.api.problem.ProblemException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CredentialWorkTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final AtomicLong burntNanos = new AtomicLong();
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void aFloodTakesItsShareOfTheProcessorsAndNoMore() throws Exception {
        double share = 0.2;
        Duration burst = Duration.ofMillis(200);
        try (CredentialWork work = work(64, LONG, share, burst)) {
            long startNanos = System.nanoTime();
            for (int i = 0; i < 60; i++) {
                var unused = work.signIn("address " + i, this::burn);
            }
            TimeUnit.MILLISECONDS.sleep(1500);
            long elapsedNanos = System.nanoTime() - startNanos;
            long allowed = burst.toNanos() + (long) (share * elapsedNanos) + 2 * PIECE_NANOS;

            assertThat(burntNanos.get()).isBetween(burst.toNanos(), allowed);
        }
    }

    @Test
    void whatItsShareDoesNotCoverInTimeIsTurnedAwayAtOnce() {
        try (CredentialWork work = work(64, Duration.ofMillis(300), 0.01, Duration.ofMillis(1))) {
            work.signIn("first", this::burn).join();

            assertThatThrownBy(() -> work.signIn("second", this::burn))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("OVERLOADED");
        }
    }

    @Test
    void oneAddressLeavesRoomForOthers() {
        try (CredentialWork work = work(4, LONG, 1, LONG)) {
            List<CompletableFuture<String>> admitted = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                admitted.add(work.signIn("flooding", this::waitAtTheGate));
            }

            assertThatThrownBy(() -> work.signIn("flooding", this::waitAtTheGate))
                    .isInstanceOf(ProblemException.class);
            admitted.add(work.signIn("other", this::waitAtTheGate));
            gate.countDown();
            assertThat(admitted).allSatisfy(one -> assertThat(one.join()).isEqualTo("done"));
            assertThat(work.signIn("flooding", this::waitAtTheGate).join()).isEqualTo("done");
        }
    }

    @Test
    void oneAddressLeavesRoomForOthersInWhatTheShareCovers() {
        Duration maxWait = Duration.ofSeconds(3);
        try (CredentialWork work = work(128, maxWait, 0.1, Duration.ofMillis(1))) {
            work.signIn("first", this::burn).join();
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 128; i++) {
                                    var unused = work.signIn("flooding", this::burn);
                                }
                            })
                    .isInstanceOf(ProblemException.class);

            assertThat(work.signIn("other", this::burn)).succeedsWithin(maxWait.plusSeconds(2));
        }
    }

    @Test
    void registrationsHaveALineOfTheirOwn() {
        try (CredentialWork work = work(1, LONG, 1, LONG)) {
            List<CompletableFuture<String>> filling =
                    List.of(
                            work.signIn("one", this::waitAtTheGate),
                            work.signIn("two", this::waitAtTheGate));

            assertThatThrownBy(() -> work.signIn("three", this::waitAtTheGate))
                    .isInstanceOf(ProblemException.class);
            assertThat(work.register("three", () -> "registered").join()).isEqualTo("registered");
            gate.countDown();
            assertThat(filling).allSatisfy(one -> assertThat(one.join()).isEqualTo("done"));
        }
    }

    @Test
    void whoReturnsHasALineOfTheirOwnAndTheStrangersWhenThatIsFull() {
        try (CredentialWork work = work(1, LONG, 1, LONG)) {
            List<CompletableFuture<String>> filling =
                    List.of(
                            work.signIn("one", this::waitAtTheGate),
                            work.signInAgain("two", this::waitAtTheGate),
                            work.signInAgain("three", this::waitAtTheGate),
                            work.signInAgain("four", this::waitAtTheGate));

            assertThatThrownBy(() -> work.signInAgain("five", this::waitAtTheGate))
                    .isInstanceOf(ProblemException.class);
            gate.countDown();
            assertThat(filling).allSatisfy(one -> assertThat(one.join()).isEqualTo("done"));
        }
    }

    private static CredentialWork work(int queue, Duration maxWait, double share, Duration burst) {
        return new CredentialWork(
                new CredentialWork.Settings(1, queue, maxWait, share, share, burst),
                new SimpleMeterRegistry());
    }

    private String burn() {
        var processors = ManagementFactory.getThreadMXBean();
        long startNanos = processors.getCurrentThreadCpuTime();
        long burnt;
        do {
            burnt = processors.getCurrentThreadCpuTime() - startNanos;
        } while (burnt < PIECE_NANOS);
        burntNanos.addAndGet(burnt);
        return "done";
    }

    private String waitAtTheGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "done";
    }
}
