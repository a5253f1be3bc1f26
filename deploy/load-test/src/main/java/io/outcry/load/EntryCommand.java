package io.outcry.load;

import io.outcry.load.entry.EntryRun;
import io.outcry.load.report.EntryReport;
import io.outcry.load.report.ReportFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Places orders in bulk. */
@Command(
        name = "entry",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        header = "Places orders in bulk: in batches by REST, or many under way by WebSocket.",
        description = {
            "",
            "The orders are those of the market flow. Latency counts from a request, or from an order by"
                    + " WebSocket, to its answer; what is under way when the time is over is awaited and counted.",
            ""
        })
final class EntryCommand implements Callable<Integer> {
    private static final int MOST_IN_A_REQUEST = 100;
    private static final int MOST_UNDER_WAY = 256;

    @Option(
            names = "--target",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The venue (default: ${DEFAULT-VALUE}).")
    URI target;

    @Option(names = "--via", paramLabel = "WAY", defaultValue = "rest", description = "rest or ws.")
    EntryRun.Way way;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "50",
            description =
                    "Orders in one request, or under way on one WebSocket (default: ${DEFAULT-VALUE}).")
    int batch;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "40",
            description = "Users that trade at once (default: ${DEFAULT-VALUE}).")
    int clients;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = DurationConverter.class,
            description = "Before the measured time (default: ${DEFAULT-VALUE}).")
    Duration warmup;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
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

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        int most = way == EntryRun.Way.REST ? MOST_IN_A_REQUEST : MOST_UNDER_WAY;
        if (batch < 1 || batch > most || clients < 1) {
            throw new ParameterException(
                    spec.commandLine(), "batch must be 1 to " + most + ", clients at least 1");
        }
        Instant startedAt = Clock.systemUTC().instant();
        EntryRun.Plan plan = new EntryRun.Plan(target, way, clients, batch, warmup, duration);
        EntryReport report = EntryReport.of(startedAt, new EntryRun(plan).run(), null, labels);
        report.print(spec.commandLine().getOut());
        if (json != null) {
            ReportFile.write(report, json);
        }
        return report.exitCode();
    }
}
