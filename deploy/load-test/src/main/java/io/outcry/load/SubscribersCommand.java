package io.outcry.load;

import io.outcry.load.entry.EntryRun;
import io.outcry.load.report.SubscribersReport;
import io.outcry.load.stream.SubscribersRun;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
                    + " run it on the venue's own machine. One more subscriber reads nothing. The orders come"
                    + " in small batches, as makers of markets send them, and about every other one trades. The"
                    + " replica's heap is read from its /metrics.",
            ""
        })
final class SubscribersCommand implements Callable<Integer> {
    @Mixin private final VenueOptions venue = new VenueOptions();

    @Option(
            names = "--replica",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8000",
            description = "The replica that they follow (default: ${DEFAULT-VALUE}).")
    URI replica;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Subscribers (default: ${DEFAULT-VALUE}).")
    int count;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Orders per second (default: ${DEFAULT-VALUE}).")
    long rate;

    @Option(names = "--via", paramLabel = "WAY", defaultValue = "rest", description = "rest or ws.")
    EntryRun.Way way;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "Orders in one request, or under way on one WebSocket (default: ${DEFAULT-VALUE}).")
    int batch;

    @Mixin private final ClockOptions time = new ClockOptions();

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SubscribersRun.Plan plan =
                Usage.checked(
                        spec,
                        () ->
                                new SubscribersRun.Plan(
                                        replica,
                                        venue.target,
                                        count,
                                        way,
                                        venue.clients,
                                        batch,
                                        rate,
                                        time.warmup,
                                        time.duration));
        SubscribersReport report =
                SubscribersReport.of(
                        new SubscribersRun(plan, Clock.systemUTC()).run(), venue.labels);
        report.print(spec.commandLine().getOut());
        venue.write(report);
        return report.exitCode();
    }
}
