package io.outcry.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.outcry.engineclient.EngineSettings;
import io.outcry.persistence.PersistenceSettings;
import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.data.Secrets;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.Listener;
import io.outcry.standalone.process.ProcessIdentity;
import io.outcry.standalone.process.Supervised;
import io.outcry.standalone.server.Database;
import io.outcry.standalone.server.EngineServer;
import io.outcry.standalone.server.PostgresServer;
import io.outcry.standalone.server.ServerBinaries;
import io.outcry.standalone.server.Unprivileged;
import io.outcry.testing.FreePorts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Scanner;

/**
 * A real PostgreSQL, and a real engine when asked for, with data of their own; each is started
 * again when it dies. For one thread.
 */
final class Servers implements AutoCloseable {
    private final DataDirectory data;
    private final Database database;
    private final Supervised postgres;
    private final InetSocketAddress engineAddress;
    private final Supervised engine;

    private Servers(DataDirectory data, Path engineBinary) throws IOException {
        this.data = data;
        PostgresServer server =
                new PostgresServer(
                        data,
                        new ServerBinaries(data.cache(), (name, elapsed) -> {}),
                        Unprivileged.in(data.root()),
                        Secrets.in(data.secrets()),
                        FreePorts.one());
        database = server.database();
        postgres = new Supervised(server.component(), new Silent());
        engineAddress =
                new InetSocketAddress(
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), FreePorts.one());
        engine =
                new Supervised(
                        new EngineServer(data, () -> engineBinary, engineAddress, Map.of())
                                .component(),
                        new Silent());
    }

    static Servers in(Path directory, Path engineBinary) throws IOException {
        return new Servers(DataDirectory.open(directory), engineBinary);
    }

    void startPostgres() {
        postgres.start();
        postgres.firstReady().join();
    }

    void startEngine() {
        engine.start();
        engine.firstReady().join();
    }

    PersistenceSettings persistence() {
        return PersistenceSettings.of(database.url(), database.user(), database.password());
    }

    EngineSettings engine() {
        return EngineSettings.of(target());
    }

    String target() {
        return engineAddress.getAddress().getHostAddress() + ":" + engineAddress.getPort();
    }

    /** What all of PostgreSQL's processes have run so far. */
    double postgresSeconds() {
        ProcessHandle server = ProcessHandle.of(postgres.pid().orElseThrow()).orElseThrow();
        return server.descendants().mapToDouble(Servers::seconds).sum() + seconds(server);
    }

    /** By the kernel's count in nanoseconds; 0 when it has just ended. */
    private static double seconds(ProcessHandle process) {
        try (Scanner scanner =
                new Scanner(Path.of("/proc", Long.toString(process.pid()), "schedstat"), UTF_8)) {
            return scanner.nextLong() / 1e9;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** What of the engine is in memory now. */
    long engineMemoryBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(engine.pid().orElseThrow()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }

    /** What the projector's thread of this process has run so far. */
    static double projectorSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals("outcry-projector")) {
                return threads.getThreadCpuTime(thread.getThreadId()) / 1e9;
            }
        }
        throw new IllegalStateException("no projector is running");
    }

    Path logs() {
        return data.logs();
    }

    /** By force, all of its processes; it comes back by itself. */
    void killPostgres() throws InterruptedException {
        while (postgres.pid().isEmpty() || !postgres.isReady()) {
            Thread.sleep(20);
        }
        ProcessHandle process = ProcessHandle.of(postgres.pid().getAsLong()).orElseThrow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() throws IOException {
        try {
            engine.stop();
            postgres.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        data.close();
    }

    private static final class Silent implements Listener {
        @Override
        public void spawned(Component component, ProcessIdentity identity) {}

        @Override
        public void ready(Component component, Duration elapsed) {}

        @Override
        public void crashed(Component component, String reason, Duration pause) {}

        @Override
        public void stopped(Component component) {}
    }
}
