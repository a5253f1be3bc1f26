package io.outcry.load;

import io.outcry.load.entry.EntryRun;
import io.outcry.load.flow.Mix;
import io.outcry.load.report.EntryReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    @Mixin private final VenueOptions venue = new VenueOptions();

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
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Orders per second of all clients (default: as fast as answers come).")
    long rate;

    @Mixin private final ClockOptions time = new ClockOptions();

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        EntryRun.Plan plan =
                Usage.checked(
                        spec,
                        () ->
                                new EntryRun.Plan(
                                        venue.target,
                                        way,
                                        venue.clients,
                                        batch,
                                        rate,
                                        time.warmup,
                                        time.duration));
        Instant startedAt = Clock.systemUTC().instant();
        EntryRun run = new EntryRun(plan, Mix.marketFlows("AAPL", plan.clients()), () -> {});
        EntryReport report = EntryReport.of(startedAt, run.run(), null, venue.labels);
        report.print(spec.commandLine().getOut());
        venue.write(report);
        return report.exitCode();
    }
}
