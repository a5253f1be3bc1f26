package io.outcry.load;

import io.outcry.load.bare.BareProcess;
import io.outcry.load.bare.FreePort;
import io.outcry.load.bare.NginxProxy;
import io.outcry.load.flow.Mix;
import io.outcry.load.report.Comparison;
import io.outcry.load.report.LoadReport;
import io.outcry.load.report.ProgressLine;
import io.outcry.load.report.ReportFile;
import io.outcry.load.run.LoadRun;
import io.outcry.load.run.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the venue against the bare reference, in turn. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        header = "Runs the market flow on a bare Javalin JSON POST and on the venue, in turn.",
        description = {
            "",
            "The bare server stands behind an nginx of its own with the venue's configuration. Start the venue"
                    + " first; it idles while the bare server is measured. Prints the ratio of accepted orders"
                    + " per second.",
            ""
        })
final class CompareCommand implements Callable<Integer> {
    @Mixin private final TargetOptions options = new TargetOptions();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "20s",
            converter = DurationConverter.class,
            description = "Measured time of each run (default: ${DEFAULT-VALUE}).")
    Duration duration;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "15s",
            converter = DurationConverter.class,
            description = "Before each measured time (default: ${DEFAULT-VALUE}).")
    Duration warmup;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "2",
            description = "Runs of each (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = "--nginx",
            paramLabel = "PATH",
            defaultValue = "nginx",
            description = "The nginx binary (default: ${DEFAULT-VALUE}).")
    String nginx;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write all runs' reports and the ratio here.")
    @Nullable Path json;

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "Keep this with the reports; may be repeated.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Mixin private final ProgressOption progress = new ProgressOption();

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "rounds must be at least 1");
        }
        Settings venue = settings(options.target);
        int port = FreePort.find();
        try (Interruption interruption = new Interruption(venue.longestEnd());
                BareProcess server = BareProcess.start(Main.class);
                NginxProxy proxy = NginxProxy.start(nginx, port, server.port())) {
            proxy.awaitListening();
            Settings bare = settings(URI.create("http://127.0.0.1:" + port));
            Comparison comparison = compare(bare, venue, interruption);
            PrintWriter out = spec.commandLine().getOut();
            comparison.print(out);
            if (json != null) {
                ReportFile.write(comparison, json);
            }
            return comparison.exitCode();
        }
    }

    private Comparison compare(Settings bare, Settings venue, Interruption interruption)
            throws IOException {
        List<LoadReport> bareReports = new ArrayList<>();
        List<LoadReport> venueReports = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            bareReports.add(run("bare", round, bare, interruption));
            venueReports.add(run("venue", round, venue, interruption));
        }
        return Comparison.of(bareReports, venueReports);
    }

    private LoadReport run(String name, int round, Settings settings, Interruption interruption)
            throws IOException {
        PrintWriter messages = spec.commandLine().getErr();
        messages.printf("round %d of %d: %s%n", round, rounds, name);
        messages.flush();
        LoadRun run =
                new LoadRun(
                        settings,
                        new ProgressLine(System.err, progress.style()),
                        Clock.systemUTC());
        interruption.onInterrupt(run::stop);
        LoadReport report = LoadReport.of(run.run(), labels);
        if (interruption.interrupted()) {
            throw new IOException("interrupted before every run was made");
        }
        return report;
    }

    private Settings settings(URI server) {
        return Usage.checked(
                spec,
                () -> Settings.backToBack(server, options.clients, warmup, duration, Mix.MARKET));
    }
}
