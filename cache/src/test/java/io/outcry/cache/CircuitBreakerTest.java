package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final long PAUSE = 1_000;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 500);
    private final CircuitBreaker breaker = new CircuitBreaker(PAUSE, now::get);

    @Test
    void aFewFailuresAreForgiven() {
        fail(2);
        assertThat(breaker.tryPass()).isTrue();
        breaker.succeeded();
        fail(2);
        assertThat(breaker.tryPass()).isTrue();
    }

    @Test
    void failuresInARowLetNobodyThroughForAWhile() {
        fail(3);
        assertThat(breaker.tryPass()).isFalse();
        now.addAndGet(PAUSE - 1);
        assertThat(breaker.tryPass()).isFalse();
    }

    @Test
    void afterThePauseOneTriesAtATime() {
        fail(3);
        now.addAndGet(PAUSE);
        assertThat(breaker.tryPass()).isTrue();
        assertThat(breaker.tryPass()).isFalse();

        breaker.failed();
        assertThat(breaker.tryPass()).isFalse();
        now.addAndGet(PAUSE);
        assertThat(breaker.tryPass()).isTrue();
        breaker.succeeded();
        assertThat(breaker.tryPass()).isTrue();
        assertThat(breaker.tryPass()).isTrue();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed();
        }
    }
}
