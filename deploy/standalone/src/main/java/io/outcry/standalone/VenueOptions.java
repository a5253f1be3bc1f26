package io.outcry.standalone;

import io.outcry.standalone.process.StartException;
import io.outcry.standalone.server.ApiProgram;
import io.outcry.standalone.server.Database;
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
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory (default: data in the checkout).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = ".",
            description =
                    "The checkout, where the engine and the API were built (default: this directory).")
    private Path home = Path.of(".");

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "2",
            description = "API replicas (default: ${DEFAULT-VALUE}).")
    private int replicas;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "The longest that a replica tries orders on itself before it is ready (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

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
                    "The first replica's port; the others follow (default: ${DEFAULT-VALUE}).")
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
        return data.orElse(home.resolve("data")).toAbsolutePath().normalize();
    }

    /**
     * What the options and the environment say.
     *
     * @param environment where existing servers are named: DATABASE_URL, DATABASE_USER,
     *     DATABASE_PASSWORD or DATABASE_PASSWORD_FILE, REDIS_URL
     */
    VenueSettings settings(Map<String, String> environment) throws IOException {
        Path checkout = home.toAbsolutePath().normalize();
        return new VenueSettings(
                data(),
                checkout.resolve("engine-cpp/target/outcry-engine"),
                new ApiProgram(
                        checkout.resolve("http-api/target/outcry-api.jar"),
                        Duration.ofSeconds(warmUpSeconds),
                        true),
                nginx,
                Ports.of(httpPort, apiPort, replicas, enginePort, postgresPort, redisPort),
                database(environment),
                Optional.ofNullable(environment.get("REDIS_URL")).map(URI::create));
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
