package io.outcry.domain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 4711, Long.MAX_VALUE})
    void aBoundaryReadsBackInItsOwnListAlone(long id) {
        String cursor = Cursor.write("orders", id);
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.read("orders", cursor)).isEqualTo(id);
        assertThatThrownBy(() -> Cursor.read("fills", cursor))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "!", "b3JkZXJzOg", "b3JkZXJzOi0x", "b3JkZXJzOjA", "b3JkZXJzOiEh"})
    void whatIsNoCursorIsRefused(String text) {
        assertThatThrownBy(() -> Cursor.read("orders", text))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cursor.read("orders", text.repeat(100)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
