package io.outcry.load;

import io.outcry.load.report.LoadReport;
import io.outcry.load.report.ProgressLine;
import io.outcry.load.report.ReportFile;
import io.outcry.load.report.ReportTable;
import io.outcry.load.run.LoadRun;
import io.outcry.load.run.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of a load run. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        version = "outcry-load 0.1.0",
        sortOptions = false,
        usageHelpWidth = 100,
        header = "Trades on a venue as many users at once, and says what came of it.",
        description = {
            "",
            "Each client registers a user of its own, all at once and before the clock starts, and then sends"
                    + " orders over one keep-alive connection: back to back, or at a fixed total rate (--rate)"
                    + " whose latencies count from when an order was due, so that a stall hides nothing.",
            "",
            "After anything but a decision a client pauses: as long as Retry-After says, otherwise 0 to 50 ms"
                    + " and up to 2 s when it goes on failing.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  deploy/load --clients 40 --duration 60s --json result.json",
            "  deploy/load --mix mixed --rate 2000 --warmup 5s --duration 2m",
            "  deploy/load --retry --record orders.jsonl --duration 5m",
            "  deploy/load compare --duration 20s"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:clean: every registration succeeded, every request was accepted or rejected by a rule",
            "1:some requests were refused (429, 503), failed, or ended with an unknown outcome; of"
                    + " a command below: what it checks does not hold",
            "2:wrong usage",
            "3:some registrations failed",
            "4:the run could not be made"
        },
        subcommands = {
            BareCommand.class,
            CompareCommand.class,
            EntryCommand.class,
            RollingCommand.class,
            SlowCommand.class,
            SubscribersCommand.class
        })
final class LoadCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Mixin private final LoadOptions options = new LoadOptions();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Write the report here; - is standard output, the table then goes to the other.")
    @Nullable Path json;

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "Keep this with the report, such as replicas=4; may be repeated.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Mixin private final ProgressOption progress = new ProgressOption();

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = Usage.checked(spec, options::settings);
        try (Interruption interruption = new Interruption(settings.longestEnd())) {
            LoadRun run =
                    new LoadRun(
                            settings,
                            new ProgressLine(System.err, progress.style()),
                            Clock.systemUTC());
            interruption.onInterrupt(run::stop);
            LoadReport report = LoadReport.of(run.run(), labels);
            publish(report);
            return report.verdict().exitCode();
        }
    }

    private void publish(LoadReport report) throws IOException {
        CommandLine commandLine = spec.commandLine();
        if (STANDARD_OUTPUT.equals(json)) {
            new ReportTable(commandLine.getErr()).print(report);
            PrintWriter out = commandLine.getOut();
            out.println(ReportFile.json(report));
            out.flush();
            return;
        }
        new ReportTable(commandLine.getOut()).print(report);
        if (json != null) {
            ReportFile.write(report, json);
        }
    }
}
