package io.outcry.e2e;

import io.outcry.testing.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The single jar as a user runs it: from an empty directory, told nothing by its environment. For
 * one thread.
 */
final class StandaloneProcess {
    private static final Path JAR =
            Path.of("../standalone/target/outcry-standalone.jar").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Path directory;
    private final List<String> options;
    private final URI uri;
    private final List<Process> started = new ArrayList<>();

    /** One that keeps its data in {@code data} below the directory. */
    StandaloneProcess(Path directory) {
        this.directory = directory;
        int port = FreePorts.one();
        this.uri = URI.create("http://127.0.0.1:" + port);
        this.options =
                List.of(
                        "--data=data",
                        "--http-port=" + port,
                        "--engine-port=" + FreePorts.one(),
                        "--postgres-port=" + FreePorts.one(),
                        "--redis-port=" + FreePorts.one());
    }

    URI uri() {
        return uri;
    }

    /** Returns when the venue says that it is ready. */
    Process started() throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".log");
        Process process = builder(options).redirectOutput(output.toFile()).start();
        started.add(process);
        long startedNanos = System.nanoTime();
        while (!Files.readString(output).contains("Ready in ")) {
            if (!process.isAlive() || System.nanoTime() - startedNanos > LIMIT.toNanos()) {
                kill(process);
                throw new IOException("did not start: " + Files.readString(output));
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        return process;
    }

    /** What a command that ends by itself prints. */
    String output(String... arguments) throws IOException, InterruptedException {
        Process process = builder(List.of(arguments)).start();
        try (InputStream in = process.getInputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("failed: " + text);
            }
            return text;
        }
    }

    /** Kills the process and all that it started, as if the machine lost its power. */
    static List<ProcessHandle> kill(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
        return all;
    }

    /** Kills what is still running. */
    void killAll() throws InterruptedException {
        for (Process process : started) {
            kill(process);
        }
    }

    private ProcessBuilder builder(List<String> arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-jar", JAR.toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        return builder;
    }
}
