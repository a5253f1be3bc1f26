package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.store.Projection;
import io.outcry.domain.store.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectionWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int READERS = 16;

    private final FakeProjection projection = new FakeProjection();
    private final ProjectionWatch watch = new ProjectionWatch(projection);
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS);

    @AfterEach
    void stop() {
        readers.shutdownNow();
    }

    @Test
    void whatWasReachedIsNotWaitedForAndAskedOnce() throws Exception {
        projection.position.set(10);
        for (int i = 0; i < 100; i++) {
            assertThat(watch.await(10, Duration.ZERO.plusMillis(500))).isTrue();
        }
        assertThat(projection.asked.get()).isLessThan(100);
    }

    @Test
    void whatIsNotReachedInTimeIsToldSo() throws Exception {
        projection.position.set(10);
        assertThat(watch.await(11, Duration.ofMillis(20))).isFalse();
    }

    @Test
    void manyReadersWaitOnOneQuestionAtATime() throws Exception {
        List<Future<Boolean>> waiting = new ArrayList<>();
        for (int i = 1; i <= READERS; i++) {
            long sequence = i;
            waiting.add(readers.submit(() -> watch.await(sequence, PATIENCE)));
        }
        await().until(() -> projection.asked.get() > 3);
        projection.position.set(READERS);
        for (Future<Boolean> one : waiting) {
            assertThat(one.get()).isTrue();
        }
        assertThat(projection.mostAtOnce.get()).isEqualTo(1);
    }

    @Test
    void nobodyIsAskedWhileNobodyWaits() throws Exception {
        projection.position.set(1);
        assertThat(watch.await(1, PATIENCE)).isTrue();
        int asked = projection.asked.get();
        assertThat(watch.await(1, PATIENCE)).isTrue();
        assertThat(projection.asked.get()).isLessThanOrEqualTo(asked + 1);
    }

    @Test
    void aWriterOfThisReplicaSparesTheQuestion() throws Exception {
        projection.answer = new CountDownLatch(1);
        watch.written(7);
        assertThat(watch.await(7, Duration.ofMillis(1))).isTrue();
        assertThat(projection.asked.get()).isZero();
    }

    @Test
    void oneFailedQuestionFailsAllThatWaitedForIt() throws Exception {
        projection.answer = new CountDownLatch(1);
        projection.unavailable = true;
        List<Future<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            waiting.add(readers.submit(() -> watch.await(1, PATIENCE)));
        }
        await().until(() -> projection.asked.get() == 1);
        projection.answer.countDown();
        for (Future<Boolean> one : waiting) {
            assertThatThrownBy(one::get).hasCauseInstanceOf(StoreUnavailableException.class);
        }

        projection.unavailable = false;
        projection.position.set(1);
        assertThat(watch.await(1, PATIENCE)).isTrue();
    }

    private static final class FakeProjection implements Projection {
        final AtomicLong position = new AtomicLong();
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger mostAtOnce = new AtomicInteger();
        volatile boolean unavailable;
        volatile CountDownLatch answer = new CountDownLatch(0);

        @Override
        public long position() {
            asked.incrementAndGet();
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            atOnce.decrementAndGet();
            if (unavailable) {
                throw new StoreUnavailableException("away", new SQLException("away"));
            }
            return position.get();
        }

        @Override
        public Optional<Leadership> tryLead() {
            return Optional.empty();
        }
    }
}
