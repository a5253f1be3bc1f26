package io.outcry.engineclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.outcry.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real engine as a child process, with a journal of its own on a free port. */
final class EngineProcess implements AutoCloseable {
    private static final Path BINARY =
            Path.of("../engine-cpp/target/outcry-engine").toAbsolutePath();

    private final Path directory;
    private final int port;
    private final Map<String, String> environment;
    private Process process;

    private EngineProcess(Path directory, int port, Map<String, String> environment) {
        this.directory = directory;
        this.port = port;
        this.environment = environment;
    }

    /** Starts with an empty journal; aborts the test when the engine has not been built. */
    static EngineProcess start(Path directory) throws IOException {
        return start(directory, Map.of());
    }

    /** With more variables in its environment. */
    static EngineProcess start(Path directory, Map<String, String> environment) throws IOException {
        assumeTrue(Files.isExecutable(BINARY), "engine-cpp is not built");
        EngineProcess engine = new EngineProcess(directory, FreePorts.one(), environment);
        engine.launch("serve", "--init");
        return engine;
    }

    EngineSettings settings() {
        return EngineSettings.of("127.0.0.1:" + port);
    }

    void restart() throws IOException {
        launch("serve");
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** While it does not run. */
    void copyJournal() throws IOException {
        copy(directory.resolve("data"), directory.resolve("copy"));
    }

    /** As when its volume is restored, while it does not run. */
    void putJournalBack() throws IOException {
        Files.move(directory.resolve("data"), directory.resolve("lost"));
        Files.move(directory.resolve("copy"), directory.resolve("data"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Returns once no thread of it runs: until then one could still answer. */
    void freeze() throws Exception {
        signal("-STOP");
        await().until(this::stopped);
    }

    void thaw() throws Exception {
        signal("-CONT");
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private boolean stopped() throws IOException {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        try (Stream<Path> each = Files.list(threads)) {
            return each.allMatch(EngineProcess::threadStopped);
        }
    }

    /** By proc_pid_stat(5): the state is the letter behind the name, which ends the parentheses. */
    private static boolean threadStopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(BINARY.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("OUTCRY_"));
        builder.environment().putAll(environment);
        builder.environment().put("OUTCRY_ENGINE_DATA", directory.resolve("data").toString());
        builder.environment().put("OUTCRY_ENGINE_LISTEN", "127.0.0.1:" + port);
        builder.environment().put("OUTCRY_ENGINE_SEGMENT_MIB", "1");
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("engine.log").toFile()));
        process = builder.start();
    }
}
