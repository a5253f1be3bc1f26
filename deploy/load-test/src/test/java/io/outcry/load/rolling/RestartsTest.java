package io.outcry.load.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RestartsTest {
    @Test
    void aLoadThatEndsBeforeTheLastRestartHasShownNothing() {
        try (Restarts restarts = new Restarts("true", 2)) {
            assertThatThrownBy(restarts::seconds)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("before all 2");
        }
    }

    @Test
    void allOfThemAreTimed() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (Restarts restarts = new Restarts("true", 2)) {
            restarts.whenDone(done::countDown);
            restarts.start();
            assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(restarts.seconds()).hasSize(2);
        }
    }
}
