package io.outcry.container;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One small task, so that an image needs neither a shell nor curl. */
public final class Main {
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(3);
    private static final Duration DATABASE_LIMIT = Duration.ofMinutes(2);
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;
    private static final String USAGE =
            """
            usage: outcry-container health URL
                   outcry-container secrets DIRECTORY REDIS_HOST
                   outcry-container kubernetes-secrets NAMESPACE REDIS_HOST
                   outcry-container may-begin JOURNAL_DIRECTORY

            health asks the URL; the status is 0 when the answer is 200.
            secrets makes what a venue needs, unless the directory has it.
            kubernetes-secrets makes the same as Secrets of the cluster that it runs in.
            may-begin says by its status whether a journal may be begun in the directory, or is there
            already: it may not when DATABASE_URL holds a projection, for then a journal was lost.
            """;

    private Main() {}

    public static void main(String[] arguments) {
        try {
            Optional<String> problem = run(arguments);
            problem.ifPresent(System.err::println);
            System.exit(problem.isPresent() ? FAILED : 0);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USE);
        } catch (Exception e) {
            System.err.println(arguments[0] + " failed: " + e);
            System.exit(FAILED);
        }
    }

    /** What is wrong; empty when nothing is. */
    private static Optional<String> run(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals("health")) {
            return HttpHealth.problem(URI.create(arguments[1]), HEALTH_LIMIT);
        }
        if (arguments.length == 3 && arguments[0].equals("secrets")) {
            SecretFiles.ensure(Path.of(arguments[1]), VenueSecrets.generate(arguments[2]));
            return Optional.empty();
        }
        if (arguments.length == 3 && arguments[0].equals("kubernetes-secrets")) {
            KubernetesSecrets.ofThePod().ensure(arguments[1], VenueSecrets.generate(arguments[2]));
            return Optional.empty();
        }
        if (arguments.length == 2 && arguments[0].equals("may-begin")) {
            var database = ProjectionDatabase.from(System.getenv(), DATABASE_LIMIT);
            return JournalGuard.problem(Path.of(arguments[1]), database);
        }
        throw new IllegalArgumentException(USAGE);
    }
}
