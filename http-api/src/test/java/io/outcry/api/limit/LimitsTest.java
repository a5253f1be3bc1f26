package io.outcry.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.api.problem.ProblemException;
import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.access.RateLimiter.Decision;
import io.outcry.domain.access.RateLimiter.Limit;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Limit FIFTY = LimitText.parse(LimitClass.ORDERS, "50/s:100");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final AtomicLong asked = new AtomicLong();

    private Limits limits(RateLimiter shared) {
        return new Limits(
                LimitTiers.standard(Map.of(LimitClass.ORDERS, FIFTY)), shared, nanos::get);
    }

    private Decision counted(String subject, Limit limit) {
        asked.incrementAndGet();
        return new Decision(true, Duration.ZERO);
    }

    private static int admitted(Limits limits, String subject, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            try {
                limits.admit(LimitClass.ORDERS, subject, 1);
                admitted++;
            } catch (ProblemException e) {
                assertThat(e.problem().retryAfter()).isPositive();
            }
        }
        return admitted;
    }

    @Test
    void aBurstPassesAndThenOnlyTheRate() {
        try (Limits limits = limits(this::counted)) {
            assertThat(admitted(limits, "a", 150)).isEqualTo(100);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(admitted(limits, "a", 150)).isEqualTo(50);
            assertThat(admitted(limits, "b", 150)).isEqualTo(100);
        }
    }

    @Test
    void whatIsToldTogetherMakesTheLimitNoSmaller() throws Exception {
        Limit odd = LimitText.parse(LimitClass.ORDERS, "19/s:19");
        BlockingQueue<Limit> told = new LinkedBlockingQueue<>();
        RateLimiter shared =
                (subject, limit) -> {
                    told.add(limit);
                    return new Decision(true, Duration.ZERO);
                };
        try (Limits limits =
                new Limits(
                        LimitTiers.standard(Map.of(LimitClass.ORDERS, odd)), shared, nanos::get)) {
            assertThat(admitted(limits, "a", 4)).isEqualTo(4);
            Limit fours = told.poll(20, TimeUnit.SECONDS);
            assertThat(fours.permits()).isEqualTo(19);
            assertThat(fours.period()).isEqualTo(Duration.ofSeconds(4));
            assertThat(fours.burst()).isEqualTo(5);
        }
    }

    @Test
    void moreThanTheBurstPassesWhenAllIsThereAndTakesItsTime() {
        try (Limits limits = limits(this::counted)) {
            limits.admit(LimitClass.ORDERS, "a", 250);
            nanos.addAndGet(Duration.ofSeconds(3).toNanos());
            assertThat(admitted(limits, "a", 1)).isZero();
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(admitted(limits, "a", 150)).isEqualTo(50);
        }
    }

    @Test
    void theOthersAreToldOfEveryTenthUseAndNobodyWaitsForIt() {
        CountDownLatch frozen = new CountDownLatch(1);
        RateLimiter slow =
                (subject, limit) -> {
                    try {
                        frozen.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    assertThat(limit.permits()).isEqualTo(50);
                    assertThat(limit.period()).isEqualTo(Duration.ofSeconds(10));
                    assertThat(limit.burst()).isEqualTo(10);
                    return counted(subject, limit);
                };
        try (Limits limits = limits(slow)) {
            assertThat(admitted(limits, "a", 100)).isEqualTo(100);
            frozen.countDown();
            await().atMost(SOON).until(() -> asked.get() == 10);
        }
    }

    @Test
    void whatAllHaveUsedUpTogetherIsUsedUpHere() {
        RateLimiter exhausted =
                (subject, limit) -> {
                    asked.incrementAndGet();
                    return new Decision(false, Duration.ofSeconds(3));
                };
        try (Limits limits = limits(exhausted)) {
            assertThat(admitted(limits, "a", 10)).isEqualTo(10);
            await().atMost(SOON).until(() -> admitted(limits, "a", 1) == 0);
            nanos.addAndGet(Duration.ofSeconds(4).toNanos());
            assertThat(admitted(limits, "a", 1)).isEqualTo(1);
        }
    }

    @Test
    void aBatchCountsAsItsOrders() {
        try (Limits limits = limits(this::counted)) {
            limits.admit(LimitClass.ORDERS, "a", 99);
            assertThat(admitted(limits, "a", 5)).isEqualTo(1);
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            limits.admit(LimitClass.ORDERS, "a", 1_000);
            assertThat(admitted(limits, "a", 1)).isZero();
        }
    }

    @Test
    void whatIsOffIsNotCounted() {
        try (Limits limits = limits(this::counted)) {
            assertThat(limits.limited(LimitClass.READS)).isFalse();
            assertThat(limits.admit(LimitClass.READS, "a", 1)).isNull();
            assertThat(limits.admit(LimitClass.ORDERS, "a", 1).remaining()).isEqualTo(99);
        }
    }

    @Test
    void aLimitIsReadExactlyOrRefused() {
        assertThat(LimitText.parse(LimitClass.READS, "off")).isNull();
        assertThat(LimitText.parse(LimitClass.READS, "3/h"))
                .isEqualTo(new Limit("READS", 3, Duration.ofHours(1), 3));
        for (String wrong : new String[] {"", "5", "5/d", "0/s", "-1/s", "5/s:0", "5/s:x"}) {
            assertThatThrownBy(() -> LimitText.parse(LimitClass.READS, wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
