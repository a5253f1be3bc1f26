package io.outcry.load;

import io.outcry.load.report.ReportFile;
import io.outcry.load.report.SubscribersReport;
import io.outcry.load.stream.SubscribersRun;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Subscribers of one replica while orders trade. */
@Command(
        name = "subscribers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        header = "Follows trades with many WebSockets of one replica while orders trade.",
        description = {
            "",
            "Delivery counts from the engine's time of the oldest trade in a message to the message's arrival:"
                    + " run it on the venue's own machine. One more subscriber reads nothing. The replica's heap is"
                    + " read from its /metrics.",
            ""
        })
final class SubscribersCommand implements Callable<Integer> {
    @Option(
            names = "--replica",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8000",
            description = "The replica that they follow (default: ${DEFAULT-VALUE}).")
    URI replica;

    @Option(
            names = "--target",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the orders go (default: ${DEFAULT-VALUE}).")
    URI target;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Subscribers (default: ${DEFAULT-VALUE}).")
    int count;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "40",
            description = "Users that trade (default: ${DEFAULT-VALUE}).")
    int clients;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5000",
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
            defaultValue = "30s",
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
        SubscribersRun.Plan plan =
                new SubscribersRun.Plan(replica, target, count, clients, rate, warmup, duration);
        SubscribersReport report =
                SubscribersReport.of(new SubscribersRun(plan, Clock.systemUTC()).run(), labels);
        report.print(spec.commandLine().getOut());
        if (json != null) {
            ReportFile.write(report, json);
        }
        return report.exitCode();
    }
}
