package io.outcry.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrefixTest {
    private static final List<String> COMMAND = List.of("echo", "on");

    @Test
    void aPrefixThatRunsGoesBeforeTheCommand() {
        assertThat(Prefix.before(COMMAND, List.of("env"))).containsExactly("env", "echo", "on");
    }

    @Test
    void oneThatIsNotThereOrFailsIsLeftOut() {
        assertThat(Prefix.before(COMMAND, List.of("no-such-program"))).isEqualTo(COMMAND);
        assertThat(Prefix.before(COMMAND, List.of("taskset", "--cpu-list", "99999")))
                .isEqualTo(COMMAND);
    }
}
