package io.outcry.standalone;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.data.RunState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a venue, and stops it on Ctrl-C or SIGTERM. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts PostgreSQL, Redis, the engine and the API, and nginx before several replicas of it; prints where the venue serves, and"
                    + " runs until Ctrl-C or SIGTERM stops all of them.",
            "DATABASE_URL (with DATABASE_USER and DATABASE_PASSWORD or DATABASE_PASSWORD_FILE) and REDIS_URL in the"
                    + " environment name existing servers; none of ours is then started in their place.",
            "Other variables of the environment that the engine and the API know (OUTCRY_…: see their --help) are passed on to them."
        })
final class UpCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private VenueOptions options = new VenueOptions();

    @Option(names = "--detach", description = "Return when the venue serves, and leave it running.")
    private boolean detach;

    @Option(names = Detached.OPTION, hidden = true)
    private boolean detached;

    @Option(names = "--fresh", description = "Delete the venue's data first.")
    private boolean fresh;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (detach) {
            var arguments = spec.root().commandLine().getParseResult().originalArgs();
            return new Detached(arguments, options.data()).start();
        }
        VenueSettings settings = options.settings(System.getenv());
        if (fresh) {
            wipe(settings.data());
        }
        run(settings);
        return 0;
    }

    private static void wipe(Path path) throws IOException, InterruptedException {
        if (DataDirectory.exists(path)) {
            try (DataDirectory data = DataDirectory.open(path)) {
                RunState.stopLeftovers(data.run());
                data.wipe();
            }
        }
    }

    private void run(VenueSettings settings) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        boolean terminal = !detached && outputIsTerminal();
        long startedNanos = System.nanoTime();
        Venue venue = new Venue(settings, new ConsoleProgress(out, terminal));
        Runtime.getRuntime().addShutdownHook(new Thread(venue::close, "shutdown"));
        out.println("Outcry, with its data in " + settings.data());
        venue.start();
        double seconds = Duration.ofNanos(System.nanoTime() - startedNanos).toMillis() / 1000.0;
        out.printf(
                Locale.ROOT,
                "Ready in %.1f s at %s%n%n%s%n",
                seconds,
                venue.uri(),
                Welcome.session(venue.uri()));
        out.println(detached ? "Stop it with: " + options.stopCommand() : "Ctrl-C stops it.");
        if (detached) {
            System.out.close();
            System.err.close();
        }
        new CountDownLatch(1).await();
    }

    private static boolean outputIsTerminal() throws IOException {
        Path output = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
        return output.startsWith("/dev/pts")
                || output.startsWith("/dev/tty")
                || output.startsWith("/dev/console");
    }
}
