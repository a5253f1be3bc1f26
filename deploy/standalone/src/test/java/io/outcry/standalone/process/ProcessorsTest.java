package io.outcry.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorsTest {
    private static final List<String> ASK =
            List.of("grep", "Cpus_allowed_list", "/proc/self/status");

    @Test
    void listsAreRead() {
        assertThat(Processors.parse("0")).containsExactly(0);
        assertThat(Processors.parse("0-3,8,10-11")).containsExactly(0, 1, 2, 3, 8, 10, 11);
    }

    @Test
    void asManyServersAsProcessorsTakeOneEachInTurn() throws Exception {
        List<Integer> allowed = Processors.allowed();
        int servers = 2 * allowed.size();

        for (int index = 0; index < servers; index++) {
            assertThat(where(Processors.spread(index, servers, ASK)))
                    .containsExactly(allowed.get(index % allowed.size()));
        }
    }

    @Test
    void fewerServersRunAnywhere() {
        int servers = Processors.allowed().size() - 1;

        assertThat(Processors.spread(0, servers, ASK)).isEqualTo(ASK);
    }

    private static List<Integer> where(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).start();
        byte[] line = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        String text = new String(line, StandardCharsets.UTF_8);
        return Processors.parse(text.substring(text.indexOf(':') + 1).strip());
    }
}
