package io.outcry.standalone;

import io.outcry.standalone.process.StartException;
import io.outcry.standalone.server.Database;
import io.outcry.standalone.server.OperatorSettings;
import io.outcry.standalone.server.ProgramSource;
import io.outcry.standalone.server.ReplicaStart;
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
 * @param programs the engine and the API
 * @param start how the API's replicas start
 * @param nginx nginx's binary; without it, clients connect to the one replica there is
 * @param active to how many of the replicas nginx sends requests while one of these is well
 * @param database an existing database to use instead of a PostgreSQL of our own
 * @param redis an existing Redis to use instead of one of our own
 * @param operator what else the servers are to be told
 */
public record VenueSettings(
        Path data,
        ProgramSource programs,
        ReplicaStart start,
        Optional<Path> nginx,
        int active,
        Ports ports,
        Optional<Database> database,
        Optional<URI> redis,
        OperatorSettings operator) {
    private static final int MOST_REPLICAS = 64;
    private static final Path SYSTEM_PROGRAMS = Path.of("/usr/bin");

    /**
     * Checks that all is there which a venue needs.
     *
     * @throws StartException naming everything that is missing, and what to do about it
     */
    void requireComplete() {
        List<String> problems = new ArrayList<>(programs.problems());
        problems.addAll(operator.problems());
        if (nginx.isPresent() && !Files.isExecutable(nginx.get())) {
            problems.add(
                    "nginx is not installed (" + nginx.get() + "): apt-get install nginx-light");
        }
        if (nginx.isEmpty() && !ports.api().equals(List.of(ports.http()))) {
            problems.add("several replicas need nginx before them");
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
        if (active < 1) {
            problems.add("active replicas must be at least 1, not " + active);
        }
        if (!problems.isEmpty()) {
            throw new StartException(String.join("; ", problems));
        }
    }
}
