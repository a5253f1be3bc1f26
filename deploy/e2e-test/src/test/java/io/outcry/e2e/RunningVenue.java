package io.outcry.e2e;

import io.outcry.standalone.Ports;
import io.outcry.standalone.Progress;
import io.outcry.standalone.Venue;
import io.outcry.standalone.VenueSettings;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.ProcessIdentity;
import io.outcry.standalone.process.StartException;
import io.outcry.standalone.process.Supervised;
import io.outcry.standalone.server.BuiltPrograms;
import io.outcry.standalone.server.ClassArchiving;
import io.outcry.standalone.server.JavaProgram;
import io.outcry.standalone.server.OperatorSettings;
import io.outcry.standalone.server.ReplicaStart;
import io.outcry.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.RedisClient;

/** A venue as deploy/up runs it, on ports that were free and with data of its own. Thread-safe. */
final class RunningVenue implements AutoCloseable {
    private static final BuiltPrograms PROGRAMS =
            BuiltPrograms.of(Path.of("../..").toAbsolutePath().normalize());
    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    private final VenueSettings settings;
    private final Venue venue;

    private RunningVenue(VenueSettings settings) {
        this.settings = settings;
        this.venue = new Venue(settings, new LoggedProgress());
    }

    static RunningVenue start(Path data, int replicas) throws IOException, InterruptedException {
        return start(data, replicas, OperatorSettings.in(Map.of()));
    }

    static RunningVenue start(Path data, int replicas, OperatorSettings operator)
            throws IOException, InterruptedException {
        RunningVenue running =
                new RunningVenue(
                        new VenueSettings(
                                data,
                                PROGRAMS,
                                new ReplicaStart(Duration.ofSeconds(1), ClassArchiving.NEVER),
                                Optional.of(NGINX),
                                replicas,
                                freePorts(replicas),
                                Optional.empty(),
                                Optional.empty(),
                                operator));
        try {
            running.venue.start();
            return running;
        } catch (StartException e) {
            running.close();
            throw e;
        }
    }

    /** The front door. */
    URI uri() {
        return venue.uri();
    }

    /** One replica's own door. */
    URI replica(int index) {
        return URI.create("http://127.0.0.1:" + settings.ports().api().get(index));
    }

    String engineTarget() {
        return "127.0.0.1:" + settings.ports().engine();
    }

    Path engineBinary() {
        return PROGRAMS.engine();
    }

    Path engineData() {
        return settings.data().resolve("engine");
    }

    /** The key that signs the venue's access tokens, in PEM. */
    String tokenKey() throws IOException {
        return Files.readString(settings.data().resolve("secrets/token-key.pem"));
    }

    /** Returns how many keys there were. */
    long flushRedis() {
        try (RedisClient redis = RedisClient.create("127.0.0.1", settings.ports().redis())) {
            long keys = redis.dbSize();
            redis.flushAll();
            return keys;
        }
    }

    Supervised component(String name) {
        return venue.component(name);
    }

    /** What an operator types to have the API's program do something with the projection. */
    List<String> apiCommand(String what) {
        return List.of(JavaProgram.path(), "-Xmx128m", "-jar", PROGRAMS.api().toString(), what);
    }

    Map<String, String> apiEnvironment() {
        Path secrets = settings.data().resolve("secrets");
        return Map.of(
                "DATABASE_URL", databaseUrl(),
                "DATABASE_PASSWORD_FILE", secrets.resolve("database-password").toString(),
                "REDIS_URL", "redis://127.0.0.1:" + settings.ports().redis(),
                "ENGINE_TARGET", engineTarget(),
                "OUTCRY_TOKEN_KEY_FILE", secrets.resolve("token-key.pem").toString());
    }

    private String databaseUrl() {
        return "jdbc:postgresql://127.0.0.1:" + settings.ports().postgres() + "/outcry";
    }

    Connection database() throws IOException, SQLException {
        String password = Files.readString(settings.data().resolve("secrets/database-password"));
        return DriverManager.getConnection(databaseUrl(), "outcry", password);
    }

    @Override
    public void close() {
        venue.close();
    }

    private static Ports freePorts(int replicas) {
        return new Ports(
                FreePorts.one(),
                FreePorts.several(replicas),
                FreePorts.one(),
                FreePorts.one(),
                FreePorts.one());
    }

    /** Into the test's output. */
    private static final class LoggedProgress implements Progress {
        @Override
        public void step(String name, String detail, Duration elapsed) {}

        @Override
        public void spawned(Component component, ProcessIdentity identity) {}

        @Override
        public void ready(Component component, Duration elapsed) {
            System.out.println(component.name() + " ready after " + elapsed.toMillis() + " ms");
        }

        @Override
        public void crashed(Component component, String reason, Duration pause) {
            System.out.println(
                    component.name()
                            + " "
                            + reason
                            + ", starts again in "
                            + pause.toMillis()
                            + " ms");
        }

        @Override
        public void stopped(Component component) {}

        @Override
        public void warning(String message) {
            System.out.println("warning: " + message);
        }
    }
}
