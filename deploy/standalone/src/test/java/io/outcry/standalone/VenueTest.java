package io.outcry.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.ProcessIdentity;
import io.outcry.standalone.process.StartException;
import io.outcry.standalone.process.Supervised;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real PostgreSQL, Redis and nginx; stand-ins for the engine and the API. */
@Timeout(120)
class VenueTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int REPLICAS = 2;
    private static final List<String> COMPONENTS =
            List.of("postgres", "redis", "engine", "api-0", "api-1", "nginx");

    /** The servers are unpacked once for all tests. */
    @TempDir private static Path cache;

    @TempDir private Path directory;

    private final CopyOnWriteArrayList<String> events = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private VenueSettings settings;
    private Path data;

    @BeforeEach
    void chooseSettings() throws IOException {
        data = directory.resolve("data");
        settings = StandIns.settings(directory, data, REPLICAS);
        DataDirectory.open(data).close();
        Files.createSymbolicLink(data.resolve("cache"), cache);
    }

    @Test
    void servesThroughNginxAndLeavesNoProcess() throws Exception {
        List<Long> pids = new ArrayList<>();
        try (Venue venue = started()) {
            for (String name : COMPONENTS) {
                pids.add(venue.component(name).pid().orElseThrow());
            }
            assertThat(get(venue.uri().resolve("/health"))).isEqualTo("OK\n");
            assertThat(get(venue.uri().resolve("/api/environment")))
                    .contains(
                            "DATABASE_URL=jdbc:postgresql://127.0.0.1:"
                                    + settings.ports().postgres()
                                    + "/outcry")
                    .contains("REDIS_URL=redis://127.0.0.1:" + settings.ports().redis())
                    .contains("ENGINE_TARGET=127.0.0.1:" + settings.ports().engine())
                    .contains("OUTCRY_PROFILE=paper")
                    .contains("OUTCRY_CORS_ORIGINS=https://example.org")
                    .doesNotContain("HOME=");
        }
        assertThat(pids)
                .hasSize(COMPONENTS.size())
                .allMatch(pid -> ProcessIdentity.of(pid).isEmpty());
        assertThat(events)
                .containsSubsequence("postgres ready", "api-0 ready", "nginx ready")
                .containsSubsequence("nginx stopped", "api-0 stopped", "postgres stopped");
        assertThat(data.resolve("run/state.properties")).doesNotExist();
    }

    @Test
    void everyComponentComesBackAfterItIsKilled() throws Exception {
        try (Venue venue = started()) {
            execute("CREATE TABLE kept (id int)");
            for (String name : COMPONENTS) {
                kill(venue.component(name));
            }
            assertThat(get(venue.uri().resolve("/health"))).isEqualTo("OK\n");
            execute("SELECT * FROM kept");
        }
    }

    @Test
    void dataOutlivesTheVenueAndTheJournalIsBegunOnce() throws Exception {
        Venue first = started();
        execute("CREATE TABLE kept (id int)");
        first.close();
        Venue second = started();
        execute("SELECT * FROM kept");
        second.close();
        assertThat(Files.readAllLines(data.resolve("engine.arguments")))
                .containsExactly("serve --init", "serve");
    }

    @Test
    void aKilledSupervisorsProcessesAreEndedByTheNextStart() throws Exception {
        Process supervisor = supervisorProcess();
        await().atMost(LIMIT).until(() -> Files.exists(data.resolve(".initialized")));
        supervisor.destroyForcibly().waitFor();
        try (Venue venue = started()) {
            assertThat(get(venue.uri().resolve("/health"))).isEqualTo("OK\n");
        }
    }

    @Test
    void downStopsAVenueOfAnotherProcess() throws Exception {
        Process supervisor = supervisorProcess();
        await().atMost(LIMIT).until(() -> Files.exists(data.resolve(".initialized")));
        assertThat(Main.execute("down", "--data", data.toString())).isZero();
        // It has ended; that its parent, this process, is told so may take a moment more.
        assertThat(supervisor.waitFor(5, TimeUnit.SECONDS)).isTrue();
        settings.ports().requireFree(true, true);
    }

    @Test
    void aTakenPortIsNamedWithItsOwner() throws Exception {
        try (ServerSocket other = new ServerSocket(settings.ports().redis());
                Venue venue = new Venue(settings, new EventProgress())) {
            assertThatThrownBy(venue::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(
                            "port "
                                    + other.getLocalPort()
                                    + " for redis is taken by java, process ")
                    .hasMessageContaining("--redis-port");
        }
    }

    @Test
    void missingDataOfAVenueThatHasRunIsNotMadeAnew() throws Exception {
        started().close();
        Files.move(data.resolve("postgres"), directory.resolve("lost"));
        try (Venue venue = new Venue(settings, new EventProgress())) {
            assertThatThrownBy(venue::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("is gone, though this venue has run");
        }
    }

    @Test
    void closingEndsAStartUnderWay() throws Exception {
        Venue venue = new Venue(settings, new EventProgress());
        Thread closer =
                new Thread(
                        () -> {
                            await().atMost(LIMIT).until(() -> events.contains("redis spawned"));
                            venue.close();
                        });
        closer.start();
        assertThatThrownBy(venue::start).isInstanceOf(StartException.class);
        closer.join();
        settings.ports().requireFree(true, true);
    }

    private Venue started() throws Exception {
        Venue venue = new Venue(settings, new EventProgress());
        try {
            venue.start();
            return venue;
        } catch (StartException e) {
            venue.close();
            throw e;
        }
    }

    private Process supervisorProcess() throws IOException {
        Path home = directory.resolve("home");
        Files.createDirectories(home.resolve("engine-cpp/target"));
        Files.createDirectories(home.resolve("http-api/target"));
        var programs = settings.programs().programs(data, (name, elapsed) -> {});
        Files.copy(programs.engine(), home.resolve("engine-cpp/target/outcry-engine"));
        Files.copy(programs.api(), home.resolve("http-api/target/outcry-api.jar"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "up"));
        command.addAll(
                List.of("--home", home.toString(), "--data", data.toString(), "--replicas", "1"));
        command.addAll(List.of("--http-port", "" + settings.ports().http()));
        command.addAll(List.of("--api-port", "" + settings.ports().api().get(0)));
        command.addAll(List.of("--engine-port", "" + settings.ports().engine()));
        command.addAll(List.of("--postgres-port", "" + settings.ports().postgres()));
        command.addAll(List.of("--redis-port", "" + settings.ports().redis()));
        Path log = directory.resolve("supervisor.log");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private void kill(Supervised component) {
        long pid = component.pid().orElseThrow();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(LIMIT)
                .until(() -> component.isReady() && component.pid().orElse(pid) != pid);
    }

    private String get(URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }

    private void execute(String sql) throws IOException, SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + settings.ports().postgres() + "/outcry";
        String password = Files.readString(data.resolve("secrets/database-password"));
        try (Connection connection = DriverManager.getConnection(url, "outcry", password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private final class EventProgress implements Progress {
        @Override
        public void step(String name, String detail, Duration elapsed) {
            events.add(name + " done");
        }

        @Override
        public void spawned(Component component, ProcessIdentity identity) {
            events.add(component.name() + " spawned");
        }

        @Override
        public void ready(Component component, Duration elapsed) {
            events.add(component.name() + " ready");
        }

        @Override
        public void crashed(Component component, String reason, Duration pause) {
            events.add(component.name() + " crashed");
        }

        @Override
        public void stopped(Component component) {
            events.add(component.name() + " stopped");
        }

        @Override
        public void warning(String message) {
            events.add("warning " + message);
        }
    }
}
