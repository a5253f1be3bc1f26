package io.outcry.persistence;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A server of a test's own, to be treated badly. For one thread. */
final class FragilePostgres implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final TestDatabase database;
    private final List<String> command;
    private ProcessHandle process;

    private FragilePostgres(EmbeddedPostgres server) throws IOException {
        this.server = server;
        this.database = TestDatabase.migrated(server);
        this.process = ProcessHandle.of(database.serverProcess()).orElseThrow();
        this.command = command(process.pid());
    }

    static FragilePostgres start() {
        try {
            return new FragilePostgres(EmbeddedPostgres.builder().start());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As it was started; PostgreSQL refuses to run as root unless it cannot see that it does. */
    private static List<String> command(long pid) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        command.addAll(line.replace("\0", "\n").lines().toList());
        return command;
    }

    TestDatabase database() {
        return database;
    }

    /**
     * One of its processes dies, upon which the server ends all sessions, forgets what was not yet
     * written, and recovers.
     */
    void crash() {
        process.children().findAny().orElseThrow().destroyForcibly();
    }

    void kill() {
        List<ProcessHandle> processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(one -> one.onExit().join());
    }

    void restart() {
        try {
            Process started =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process = started.toHandle();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> database.number("SELECT 1") == 1);
    }

    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        List<String> kill = new ArrayList<>(List.of("kill", "-" + name));
        processes().forEach(one -> kill.add(Long.toString(one.pid())));
        try {
            new ProcessBuilder(kill).start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    @Override
    public void close() {
        kill();
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
