package io.outcry.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisedTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir private Path directory;

    private final CopyOnWriteArrayList<String> events = new CopyOnWriteArrayList<>();
    private @Nullable Supervised supervised;

    @AfterEach
    void stop() throws InterruptedException {
        if (supervised != null) {
            supervised.stop();
        }
    }

    @Test
    void isReadyWhenTheProbeSaysSo() throws Exception {
        Supervised child = start("touch ready; sleep 600", Duration.ofSeconds(10));
        child.firstReady().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(child.isReady()).isTrue();
        assertThat(events).containsExactly("spawned", "ready");
    }

    @Test
    void doesNotInterruptServersForOneAnother() throws Exception {
        Supervised child = start("touch ready; sleep 600", Duration.ofSeconds(10));
        child.firstReady().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        String stat = Files.readString(Path.of("/proc/" + child.pid().orElseThrow() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        // The field "policy" of proc_pid_stat(5), which is the 41st; SCHED_BATCH is 3.
        assertThat(fields[41 - 3]).isEqualTo("3");
    }

    @Test
    void startsAKilledProcessAgain() throws Exception {
        Supervised child = start("touch ready; sleep 600", Duration.ofSeconds(10));
        child.firstReady().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        long first = child.pid().orElseThrow();
        Signal.KILL.send(first);
        await().atMost(LIMIT).until(() -> child.isReady() && child.pid().orElse(first) != first);
        assertThat(events)
                .containsExactly(
                        "spawned",
                        "ready",
                        "crashed: killed by signal 9, 0 ms",
                        "spawned",
                        "ready");
    }

    @Test
    void startsAProcessAgainAtOnceThatWasAskedToEnd() throws Exception {
        Supervised child = start("touch ready; exec sleep 600", Duration.ofSeconds(10));
        child.firstReady().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        for (int i = 0; i < 3; i++) {
            long before = child.pid().orElseThrow();
            Signal.TERM.send(before);
            await().atMost(LIMIT)
                    .until(() -> child.isReady() && child.pid().orElse(before) != before);
        }
        assertThat(events)
                .filteredOn(event -> event.startsWith("crashed"))
                .hasSize(3)
                .containsOnly("crashed: was asked to end, 0 ms");
    }

    @Test
    void failsWithTheLastLineOfTheLogWhenTheFirstStartEnds() {
        Supervised child = start("echo no disk; exit 74", Duration.ofSeconds(10));
        assertThatThrownBy(() -> child.firstReady().get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(StartException.class)
                .hasRootCauseMessage("child: exited with status 74: no disk");
    }

    @Test
    void failsWithTheProbesAnswerWhenTheFirstStartTakesTooLong() {
        Supervised child = start("sleep 600", Duration.ofSeconds(1));
        assertThatThrownBy(() -> child.firstReady().get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .hasRootCauseMessage("child: not ready within 1 s: no file");
        assertThat(child.pid()).isEmpty();
    }

    @Test
    void stopLetsTheProcessFinish() throws Exception {
        Supervised child =
                start(
                        "trap 'echo done; exit 0' TERM; touch ready; while :; do sleep 0.05; done",
                        LIMIT);
        child.firstReady().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        child.stop();
        assertThat(directory.resolve("child.log")).content().isEqualTo("done\n");
        assertThat(events).endsWith("stopped");
    }

    @Test
    void stopKillsAProcessThatDoesNotFinishAndWhatItStarted() throws Exception {
        Supervised child =
                start(
                        "trap '' TERM; sleep 601 & echo $! >other; touch ready; while :; do wait; done",
                        LIMIT);
        child.firstReady().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        long pid = child.pid().orElseThrow();
        long other = Long.parseLong(Files.readString(directory.resolve("other")).strip());
        child.stop();
        assertThat(ProcessIdentity.of(pid)).isEmpty();
        await().atMost(LIMIT).until(() -> ProcessIdentity.of(other).isEmpty());
    }

    @Test
    void stopEndsAStartUnderWay() throws Exception {
        Supervised child = start("sleep 600", LIMIT);
        await().atMost(LIMIT).until(() -> child.pid().isPresent());
        child.stop();
        assertThat(child.firstReady()).isCompletedExceptionally();
        assertThat(child.pid()).isEmpty();
    }

    @Test
    void aChildSeesNoVariableOfOurs() throws Exception {
        Supervised child = start("env | cut -d= -f1 | sort >names; touch ready; sleep 600", LIMIT);
        child.firstReady().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(Files.readAllLines(directory.resolve("names")))
                .containsOnly("LANG", "PATH", "PWD", "OUTCRY_TEST");
    }

    private Supervised start(String script, Duration readyWithin) {
        Path ready = directory.resolve("ready");
        Probe probe = () -> Files.exists(ready) ? Optional.empty() : Optional.of("no file");
        LaunchSource source =
                () -> {
                    Files.deleteIfExists(ready);
                    return new Launch(
                            List.of("sh", "-c", script), Map.of("OUTCRY_TEST", "1"), directory);
                };
        Path log = directory.resolve("child.log");
        var component =
                new Component(
                        "child",
                        "nowhere",
                        source,
                        probe,
                        log,
                        readyWithin,
                        Signal.TERM,
                        Duration.ofSeconds(1));
        Supervised started = new Supervised(component, new EventRecorder());
        supervised = started;
        started.start();
        return started;
    }

    private final class EventRecorder implements Listener {
        @Override
        public void spawned(Component component, ProcessIdentity identity) {
            events.add("spawned");
        }

        @Override
        public void ready(Component component, Duration elapsed) {
            events.add("ready");
        }

        @Override
        public void crashed(Component component, String reason, Duration pause) {
            events.add("crashed: " + reason + ", " + pause.toMillis() + " ms");
        }

        @Override
        public void stopped(Component component) {
            events.add("stopped");
        }
    }
}
