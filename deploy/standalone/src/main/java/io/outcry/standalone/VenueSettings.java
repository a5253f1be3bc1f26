package io.outcry.standalone;

import io.outcry.standalone.process.StartException;
import io.outcry.standalone.server.ApiProgram;
import io.outcry.standalone.server.Database;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to run and where.
 *
 * @param data the venue's data directory
 * @param engine the engine's binary
 * @param api the API's program
 * @param nginx nginx's binary
 * @param database an existing database to use instead of a PostgreSQL of our own
 * @param redis an existing Redis to use instead of one of our own
 */
public record VenueSettings(
        Path data,
        Path engine,
        ApiProgram api,
        Path nginx,
        Ports ports,
        Optional<Database> database,
        Optional<URI> redis) {
    private static final int MOST_REPLICAS = 64;
    private static final Path SYSTEM_PROGRAMS = Path.of("/usr/bin");

    /**
     * Checks that all is there which a venue needs.
     *
     * @throws StartException naming everything that is missing, and what to do about it
     */
    void requireComplete() {
        List<String> problems = new ArrayList<>();
        if (!Files.isExecutable(engine)) {
            problems.add("the engine is not built (" + engine + "): run mvn package");
        }
        if (!Files.isReadable(api.jar())) {
            problems.add("the API is not built (" + api.jar() + "): run mvn package");
        }
        if (!Files.isExecutable(nginx)) {
            problems.add("nginx is not installed (" + nginx + "): apt-get install nginx-light");
        }
        for (String program : List.of("setsid", "setpriv")) {
            if (!Files.isExecutable(SYSTEM_PROGRAMS.resolve(program))) {
                problems.add(program + " is not installed: apt-get install util-linux");
            }
        }
        int replicas = ports.api().size();
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            problems.add("replicas must be between 1 and " + MOST_REPLICAS + ", not " + replicas);
        }
        if (!problems.isEmpty()) {
            throw new StartException(String.join("; ", problems));
        }
    }
}
