package io.outcry.load;

import io.outcry.load.report.ProgressLine;
import io.outcry.load.report.ReportFile;
import io.outcry.load.report.SlowReport;
import io.outcry.load.slow.SlowRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Slow connections and a flood of sign-ins while orders trade. */
@Command(
        name = "slow",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        header = "Holds slow connections and floods sign-in while orders trade.",
        description = {
            "",
            "A third of the connections is slow with headers, a third with bodies, a third reads nothing. The"
                    + " same orders run before without them; the exit code is 1 when p99 more than doubles.",
            ""
        })
final class SlowCommand implements Callable<Integer> {
    @Option(
            names = "--target",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the orders go (default: ${DEFAULT-VALUE}).")
    URI target;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Slow connections (default: ${DEFAULT-VALUE}).")
    int connections;

    @Option(
            names = "--logins",
            paramLabel = "N",
            defaultValue = "16",
            description = "Sign-ins at once (default: ${DEFAULT-VALUE}).")
    int logins;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "40",
            description = "Users that trade (default: ${DEFAULT-VALUE}).")
    int clients;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Orders and cancels per second (default: ${DEFAULT-VALUE}).")
    long rate;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "Before the measured time (default: ${DEFAULT-VALUE}).")
    Duration warmup;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "20s",
            converter = DurationConverter.class,
            description = "Measured time (default: ${DEFAULT-VALUE}).")
    Duration duration;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report here.")
    @Nullable Path json;

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "Keep this with the report; may be repeated.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Mixin private final ProgressOption progress = new ProgressOption();

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SlowRun.Plan plan =
                new SlowRun.Plan(target, connections, logins, clients, rate, warmup, duration);
        ProgressLine observer = new ProgressLine(System.err, progress.style());
        SlowReport report =
                SlowReport.of(new SlowRun(plan, observer, Clock.systemUTC()).run(), labels);
        report.print(spec.commandLine().getOut());
        if (json != null) {
            ReportFile.write(report, json);
        }
        return report.exitCode();
    }
}
