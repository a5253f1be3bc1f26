package io.outcry.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.outcry.api.http.Caller;
import io.outcry.api.limit.LimitClass;
import io.outcry.api.limit.LimitText;
import io.outcry.api.limit.LimitTiers;
import io.outcry.api.limit.Limits;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.access.RateLimiter.Decision;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WrongCredentialsTest {
    private static final String HERE = "192.0.2.1";
    private static final Caller ALICE =
            new Caller(
                    "alice",
                    new AccountId(7),
                    User.Role.TRADER,
                    User.STANDARD,
                    UUID.randomUUID(),
                    Instant.MAX,
                    Set.of());

    private final AtomicLong nanos = new AtomicLong();

    @AutoClose
    private final Limits limits =
            new Limits(
                    LimitTiers.standard(
                            Map.of(
                                    LimitClass.CREDENTIALS,
                                    LimitText.parse(LimitClass.CREDENTIALS, "4/s:8"))),
                    (subject, limit) -> new Decision(true, Duration.ZERO),
                    nanos::get);

    private final WrongCredentials wrong = new WrongCredentials(limits);
    private int checks;

    private Caller good() {
        checks++;
        return ALICE;
    }

    private Caller forged() {
        checks++;
        throw new ProblemException(ErrorCode.UNAUTHENTICATED, "forged");
    }

    private ErrorCode refused(String subject, Supplier<Caller> check) {
        return assertThrows(ProblemException.class, () -> wrong.counting(subject, check))
                .problem()
                .code();
    }

    @Test
    void ofAFloodOnlyTheLimitIsChecked() {
        for (int i = 0; i < 8; i++) {
            assertThat(refused(HERE, this::forged)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(refused(HERE, this::forged)).isEqualTo(ErrorCode.RATE_LIMITED);
        }
        assertThat(checks).isEqualTo(8);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        for (int i = 0; i < 1_000; i++) {
            refused(HERE, this::forged);
        }
        assertThat(checks).isEqualTo(12);
    }

    @Test
    void whatIsGoodNeitherCountsNorWaitsBelowTheLimit() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(wrong.counting(HERE, this::good)).isEqualTo(ALICE);
        }
        for (int i = 0; i < 7; i++) {
            refused(HERE, this::forged);
        }
        assertThat(wrong.counting(HERE, this::good)).isEqualTo(ALICE);
        refused(HERE, this::forged);
        assertThat(refused(HERE, this::good)).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(wrong.counting("192.0.2.2", this::good)).isEqualTo(ALICE);
        nanos.addAndGet(Duration.ofMillis(250).toNanos());
        assertThat(wrong.counting(HERE, this::good)).isEqualTo(ALICE);
    }

    @Test
    void whatElseACheckThrowsIsNotCounted() {
        for (int i = 0; i < 100; i++) {
            assertThat(
                            refused(
                                    HERE,
                                    () -> {
                                        throw new ProblemException(
                                                ErrorCode.PAYLOAD_TOO_LARGE, "too large");
                                    }))
                    .isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
        }
    }
}
