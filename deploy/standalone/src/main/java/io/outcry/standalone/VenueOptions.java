package io.outcry.standalone;

import io.outcry.standalone.process.Processors;
import io.outcry.standalone.process.StartException;
import io.outcry.standalone.server.BuiltPrograms;
import io.outcry.standalone.server.BundledPrograms;
import io.outcry.standalone.server.ClassArchiving;
import io.outcry.standalone.server.Database;
import io.outcry.standalone.server.OperatorSettings;
import io.outcry.standalone.server.ProgramSource;
import io.outcry.standalone.server.ReplicaStart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what to run and where. Filled in by picocli, then turned into settings. */
final class VenueOptions {
    /** What {@code deploy/up} starts. */
    private static final int REPLICAS = 2;

    private static final int WARM_UP_SECONDS = 10;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory (default: ~/.outcry; with --home, data in the checkout).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "A checkout whose engine and API to run (default: those in this jar).")
    private Optional<Path> home = Optional.empty();

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "API replicas behind nginx (default: one without nginx; with --home, 2).")
    private Optional<Integer> replicas = Optional.empty();

    @Option(
            names = "--active",
            paramLabel = "N",
            description =
                    "Replicas that nginx sends requests to; the others stand by until none of these is there (default: one for each processor).")
    private Optional<Integer> active = Optional.empty();

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description =
                    "The longest that a replica tries orders on itself before it is ready (default: 0; with --home, 10).")
    private Optional<Integer> warmUpSeconds = Optional.empty();

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where clients connect (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description =
                    "The first replica's port behind nginx; the others follow (default: ${DEFAULT-VALUE}).")
    private int apiPort;

    @Option(
            names = "--engine-port",
            paramLabel = "PORT",
            defaultValue = "50051",
            description = "(default: ${DEFAULT-VALUE})")
    private int enginePort;

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "5432",
            description = "(default: ${DEFAULT-VALUE})")
    private int postgresPort;

    @Option(
            names = "--redis-port",
            paramLabel = "PORT",
            defaultValue = "6379",
            description = "(default: ${DEFAULT-VALUE})")
    private int redisPort;

    @Option(
            names = "--nginx",
            paramLabel = "FILE",
            defaultValue = "/usr/sbin/nginx",
            description = "nginx's binary (default: ${DEFAULT-VALUE}).")
    private Path nginx = Path.of("/usr/sbin/nginx");

    Path data() {
        return data.or(() -> home.map(checkout -> checkout.resolve("data")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".outcry"))
                .toAbsolutePath()
                .normalize();
    }

    /** The command that stops the venue, to be pasted into a shell. */
    String stopCommand() {
        String down =
                home.isPresent()
                        ? "deploy/down"
                        : "java -jar %s down".formatted(System.getProperty("java.class.path"));
        return data.isPresent() ? down + " --data " + data() : down;
    }

    /**
     * What the options and the environment say.
     *
     * @param environment where existing servers are named: DATABASE_URL, DATABASE_USER,
     *     DATABASE_PASSWORD or DATABASE_PASSWORD_FILE, REDIS_URL; and what the servers are to be
     *     told
     */
    VenueSettings settings(Map<String, String> environment) throws IOException {
        Optional<ProgramSource> built =
                home.map(checkout -> BuiltPrograms.of(checkout.toAbsolutePath().normalize()));
        int warmUp = warmUpSeconds.orElse(built.isPresent() ? WARM_UP_SECONDS : 0);
        Optional<Integer> behindNginx = replicas.or(() -> built.map(checkout -> REPLICAS));
        return new VenueSettings(
                data(),
                built.orElseGet(BundledPrograms::new),
                new ReplicaStart(
                        Duration.ofSeconds(warmUp),
                        built.isPresent()
                                ? ClassArchiving.BEFORE_THE_START
                                : ClassArchiving.AT_THE_STOP),
                behindNginx.map(count -> nginx),
                active.orElseGet(Processors::count),
                behindNginx
                        .map(
                                count ->
                                        Ports.of(
                                                httpPort,
                                                apiPort,
                                                count,
                                                enginePort,
                                                postgresPort,
                                                redisPort))
                        .orElseGet(
                                () -> Ports.direct(httpPort, enginePort, postgresPort, redisPort)),
                database(environment),
                Optional.ofNullable(environment.get("REDIS_URL")).map(URI::create),
                OperatorSettings.in(environment));
    }

    private static Optional<Database> database(Map<String, String> environment) throws IOException {
        String url = environment.get("DATABASE_URL");
        if (url == null) {
            return Optional.empty();
        }
        String user = environment.get("DATABASE_USER");
        String password = environment.get("DATABASE_PASSWORD");
        String file = environment.get("DATABASE_PASSWORD_FILE");
        if (user != null && password != null && file == null) {
            return Optional.of(new Database(url, user, password, "DATABASE_PASSWORD", password));
        }
        if (user != null && password == null && file != null) {
            Path path = Path.of(file).toAbsolutePath();
            String content = Files.readString(path).strip();
            return Optional.of(
                    new Database(url, user, content, "DATABASE_PASSWORD_FILE", path.toString()));
        }
        throw new StartException(
                "DATABASE_URL is set: set DATABASE_USER too, and one of DATABASE_PASSWORD and DATABASE_PASSWORD_FILE");
    }
}
