package io.outcry.standalone.server;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.data.Secrets;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.Launch;
import io.outcry.standalone.process.Leftovers;
import io.outcry.standalone.process.ProcessIdentity;
import io.outcry.standalone.process.Signal;
import io.outcry.standalone.process.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL, reachable from this machine alone. Its cluster is made at the first start,
 * written aside and moved, so that one that is there is whole. Used by its watcher thread only.
 */
public final class PostgresServer {
    private static final String USER = "outcry";
    private static final String DATABASE = "outcry";

    /**
     * Beside PostgreSQL's defaults: it serves a projection and point queries on a machine that it
     * shares. Nothing is copied from its log, so that needs not hold more than a crash does.
     * Durability stays as it comes.
     */
    private static final List<String> SETTINGS =
            List.of(
                    "listen_addresses=127.0.0.1",
                    "unix_socket_directories=",
                    "max_connections=200",
                    "shared_buffers=128MB",
                    "wal_level=minimal",
                    "max_wal_senders=0",
                    "max_wal_size=2GB",
                    "checkpoint_timeout=15min",
                    "random_page_cost=1.1",
                    "max_parallel_workers_per_gather=0",
                    "jit=off",
                    "log_checkpoints=off");

    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final DataDirectory data;
    private final ServerBinaries binaries;
    private final Unprivileged unprivileged;
    private final Secrets secrets;
    private final int port;
    private final Path log;

    /** A server whose programs are unpacked when it is first started. */
    public PostgresServer(
            DataDirectory data,
            ServerBinaries binaries,
            Unprivileged unprivileged,
            Secrets secrets,
            int port) {
        this.data = data;
        this.binaries = binaries;
        this.unprivileged = unprivileged;
        this.secrets = secrets;
        this.port = port;
        this.log = data.logs().resolve("postgres.log");
    }

    public Component component() throws IOException {
        return new Component(
                "postgres",
                "127.0.0.1:" + port,
                this::next,
                database().probe(),
                log,
                Duration.ofMinutes(2),
                Signal.INT,
                STOP_WITHIN);
    }

    public Database database() throws IOException {
        return new Database(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE,
                USER,
                Files.readString(secrets.databasePassword()),
                "DATABASE_PASSWORD_FILE",
                secrets.databasePassword().toString());
    }

    private Launch next() throws IOException, InterruptedException {
        if (!Files.exists(data.postgres())) {
            initialize();
        }
        yieldLock();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program("postgres"),
                                "-D",
                                data.postgres().toString(),
                                "-p",
                                "" + port));
        for (String setting : SETTINGS) {
            command.addAll(List.of("-c", setting));
        }
        return launch(command);
    }

    private void initialize() throws IOException, InterruptedException {
        if (data.isInitialized()) {
            throw new StartException(
                    data.postgres()
                            + " is gone, though this venue has run: restore it, or start anew with --fresh");
        }
        Path aside = data.root().resolve("postgres.new");
        DataDirectory.delete(aside);
        Files.createDirectory(
                aside,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        unprivileged.own(aside);
        Path password = passwordCopy();
        try {
            run(
                    List.of(
                            program("initdb"),
                            "--pgdata=" + aside,
                            "--username=" + USER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--data-checksums",
                            "--no-instructions"),
                    "");
        } finally {
            Files.delete(password);
        }
        run(
                List.of(program("postgres"), "--single", "-D", aside.toString(), "postgres"),
                "CREATE DATABASE " + DATABASE);
        Files.move(aside, data.postgres(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The user that initdb runs as may not read the secret itself. */
    private Path passwordCopy() throws IOException {
        Path copy = data.run().resolve("initdb-password");
        Files.deleteIfExists(copy);
        Files.createFile(
                copy,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.copy(
                secrets.databasePassword(),
                copy,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        unprivileged.own(copy);
        return copy;
    }

    private void run(List<String> command, String input) throws IOException, InterruptedException {
        Process process =
                launch(command).builder(log).redirectInput(ProcessBuilder.Redirect.PIPE).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write((input + "\n").getBytes(StandardCharsets.UTF_8));
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new StartException(
                    command.get(0) + " failed with status " + status + ": see " + log);
        }
    }

    /**
     * PostgreSQL refuses to start while the process named in its lock file is alive. If that is a
     * server left over from a supervisor that was killed, it is ended; if the id was since given to
     * another process, the file is removed. A file whose process is gone stays: PostgreSQL finds by
     * it whether an orphan of the old server is still at work.
     */
    private void yieldLock() throws IOException, InterruptedException {
        Path lock = data.postgres().resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(lock).get(0).strip());
        awaitBurial(pid);
        Optional<ProcessIdentity> holder = ProcessIdentity.of(pid);
        if (holder.isEmpty()) {
            return;
        }
        if (commandLine(holder.get()).contains(data.postgres().toString())) {
            Leftovers.stop(List.of(holder.get()), STOP_WITHIN);
        } else {
            Files.delete(lock);
        }
    }

    /** PostgreSQL takes a process that has ended for alive until its parent has asked for it. */
    private static void awaitBurial(long pid) throws InterruptedException {
        Path process = Path.of("/proc", Long.toString(pid));
        long startedNanos = System.nanoTime();
        while (Files.exists(process)
                && ProcessIdentity.of(pid).isEmpty()
                && System.nanoTime() - startedNanos < STOP_WITHIN.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static String commandLine(ProcessIdentity process) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    }

    private String program(String name) throws IOException {
        return binaries.postgres().resolve("bin").resolve(name).toString();
    }

    private Launch launch(List<String> command) {
        return new Launch(unprivileged.command(command), Map.of("TZ", "UTC"), data.root());
    }
}
