package io.outcry.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:6379", "redis://127.0.0.1", "redis:6379", "x"})
    void anAddressThatIsNoRedisIsRefused(String uri) {
        assertThatThrownBy(() -> CacheSettings.of(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uri");
    }

    @Test
    void aTimeoutThatWouldHoldCallersUpIsRefused() {
        URI uri = URI.create("redis://127.0.0.1:6379");
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(
                        () -> new CacheSettings(uri, second.plusMillis(1), second, second, 1, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout");
    }

    @Test
    void itsTextHoldsNoPassword() {
        assertThat(CacheSettings.of(URI.create("redis://user:secret@127.0.0.1:6379")).toString())
                .doesNotContain("secret")
                .contains("127.0.0.1:6379");
    }
}
