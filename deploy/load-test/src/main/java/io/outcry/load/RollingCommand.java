package io.outcry.load;

import io.outcry.load.report.ProgressLine;
import io.outcry.load.report.RollingReport;
import io.outcry.load.rolling.RollingRun;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Rolling restarts of the replicas while orders trade. */
@Command(
        name = "rolling",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        header = "Restarts the replicas again and again while orders trade, and counts what fails.",
        description = {
            "",
            "First the same orders run back to back, which shows what the venue takes; then at a share of that,"
                    + " by clients that send nothing twice, while the command restarts all replicas so many times."
                    + " Some of the clients also follow their orders by WebSocket; what they were told is compared"
                    + " with the venue's statements of their orders and fills.",
            "",
            "The exit code is 1 when an order or cancel was not decided, or an event was missed or told twice.",
            ""
        })
final class RollingCommand implements Callable<Integer> {
    @Mixin private final VenueOptions venue = new VenueOptions();

    @Option(
            names = "--restart",
            paramLabel = "COMMAND",
            required = true,
            description = "Restarts all replicas, one after the other: a shell's line.")
    String restart;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "20",
            description = "How often that is done (default: ${DEFAULT-VALUE}).")
    int times;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Orders and cancels per second (default: the share of the most).")
    long rate;

    @Option(
            names = "--share",
            paramLabel = "PERCENT",
            defaultValue = "70",
            description = "Of what the venue takes back to back (default: ${DEFAULT-VALUE}).")
    int sharePercent;

    @Option(
            names = "--followers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Clients that follow their orders (default: ${DEFAULT-VALUE}).")
    int followers;

    @Mixin private final ProgressOption progress = new ProgressOption();

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RollingRun.Plan plan =
                Usage.checked(
                        spec,
                        () ->
                                new RollingRun.Plan(
                                        venue.target,
                                        venue.clients,
                                        rate,
                                        sharePercent,
                                        followers,
                                        restart,
                                        times));
        ProgressLine observer = new ProgressLine(System.err, progress.style());
        RollingReport report =
                RollingReport.of(
                        new RollingRun(plan, observer, Clock.systemUTC()).run(), venue.labels);
        report.print(spec.commandLine().getOut());
        venue.write(report);
        return report.exitCode();
    }
}
