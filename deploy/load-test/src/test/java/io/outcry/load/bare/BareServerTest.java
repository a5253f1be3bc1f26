package io.outcry.load.bare;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BareServerTest {
    @Test
    void saysThatItsPortIsTaken() throws Exception {
        try (BareServer first = new BareServer("127.0.0.1", 0)) {
            assertThatThrownBy(() -> new BareServer("127.0.0.1", first.port()).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + first.port());
        }
    }
}
