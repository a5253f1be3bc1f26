package io.outcry.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void whatIsUnavailableSaysWhenToComeBackAndNothingElseDoes(ErrorCode code) {
        boolean says = Problem.of(code, "away").retryAfter() != null;

        assertThat(says).isEqualTo(code.status() == 503);
    }

    @Test
    void whoKnowsBetterSaysWhen() {
        Duration later = Duration.ofSeconds(7);

        Problem problem = Problem.of(ErrorCode.OVERLOADED, "busy").withRetryAfter(later);

        assertThat(problem.with("member", "value").retryAfter()).isEqualTo(later);
    }
}
