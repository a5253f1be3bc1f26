package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final CircuitBreaker breaker = new CircuitBreaker();

    @Test
    void aFewFailuresAreForgiven() {
        fail(2);
        assertThat(breaker.open()).isFalse();
        breaker.succeeded();
        fail(2);
        assertThat(breaker.open()).isFalse();
    }

    @Test
    void failuresInARowLetNobodyThroughUntilTheServerIsSeenToAnswer() {
        fail(5);
        assertThat(breaker.open()).isTrue();
        breaker.succeeded();
        assertThat(breaker.open()).isFalse();
        fail(2);
        assertThat(breaker.open()).isFalse();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed();
        }
    }
}
