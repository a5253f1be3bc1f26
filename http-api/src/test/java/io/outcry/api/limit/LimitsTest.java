package io.outcry.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.access.RateLimiter.Decision;
import io.outcry.domain.access.RateLimiter.Limit;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.User;
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
    private static final AccountId ANN = new AccountId(1);
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
                limits.admit(LimitClass.ORDERS, subject);
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
    void whoHasNothingLeftIsRefusedAndThatIsNotCounted() {
        try (Limits limits = limits(this::counted)) {
            limits.require(LimitClass.ORDERS, "a");
            assertThat(admitted(limits, "a", 100)).isEqualTo(100);
            for (int i = 0; i < 3; i++) {
                Problem problem =
                        assertThrows(
                                        ProblemException.class,
                                        () -> limits.require(LimitClass.ORDERS, "a"))
                                .problem();
                assertThat(problem.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                assertThat(problem.retryAfter()).isEqualTo(Duration.ofMillis(20));
            }
            nanos.addAndGet(Duration.ofMillis(20).toNanos());
            limits.require(LimitClass.ORDERS, "a");
            assertThat(admitted(limits, "a", 2)).isEqualTo(1);
        }
    }

    @Test
    void whoHasUsedItUpElsewhereIsRefusedHere() {
        RateLimiter exhausted = (subject, limit) -> new Decision(false, Duration.ofSeconds(3));
        try (Limits limits = limits(exhausted)) {
            assertThat(admitted(limits, "a", 10)).isEqualTo(10);
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThrows(
                                            ProblemException.class,
                                            () -> limits.require(LimitClass.ORDERS, "a")));
        }
    }

    private static Limits.Standing admitted(Limits limits, long uses) {
        limits.admit(LimitClass.ORDERS, ANN, User.STANDARD);
        return limits.admitMore(LimitClass.ORDERS, ANN, User.STANDARD, "orders", uses - 1);
    }

    private static Problem refused(Limits limits, long uses) {
        return assertThrows(ProblemException.class, () -> admitted(limits, uses)).problem();
    }

    @Test
    void aBatchCountsAsItsOrders() {
        try (Limits limits = limits(this::counted)) {
            assertThat(admitted(limits, 99).remaining()).isEqualTo(1);
            assertThat(refused(limits, 2).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        }
    }

    @Test
    void aBatchPassesWhenItIsRepeatedAsLateAsItWasTold() {
        try (Limits limits = limits(this::counted)) {
            admitted(limits, 100);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            Duration wait = refused(limits, 100).retryAfter();
            assertThat(wait).isEqualTo(Duration.ofMillis(1_020));
            nanos.addAndGet(wait.toNanos());
            assertThat(admitted(limits, 100).remaining()).isZero();
        }
    }

    @Test
    void aBatchThatCanNeverPassIsNotToldToWait() {
        try (Limits limits = limits(this::counted)) {
            Problem problem = refused(limits, 101);
            assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_FIELD);
            assertThat(problem.detail()).startsWith("orders must hold at most 100:");
            assertThat(problem.retryAfter()).isNull();
        }
    }

    @Test
    void whatIsOffIsNotCounted() {
        try (Limits limits = limits(this::counted)) {
            assertThat(limits.limited(LimitClass.READS)).isFalse();
            assertThat(limits.admit(LimitClass.READS, "a")).isNull();
            assertThat(limits.admit(LimitClass.ORDERS, "a").remaining()).isEqualTo(99);
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
