package io.outcry.load;

import io.outcry.load.report.ProgressLine;
import io.outcry.load.report.SlowReport;
import io.outcry.load.slow.SlowRun;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
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
    @Mixin private final VenueOptions venue = new VenueOptions();

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Slow connections (default: ${DEFAULT-VALUE}).")
    int connections;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description =
                    "Address of this machine that they come from, so that limits for an address"
                            + " treat the traders apart, such as 127.0.0.2 (default: any).")
    @Nullable InetAddress from;

    @Option(
            names = "--logins",
            paramLabel = "N",
            defaultValue = "16",
            description = "Sign-ins at once (default: ${DEFAULT-VALUE}).")
    int logins;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Orders and cancels per second (default: ${DEFAULT-VALUE}).")
    long rate;

    @Mixin private final ProgressOption progress = new ProgressOption();

    @Mixin private final ClockOptions time = new ClockOptions();

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SlowRun.Plan plan =
                Usage.checked(
                        spec,
                        () ->
                                new SlowRun.Plan(
                                        venue.target,
                                        from,
                                        connections,
                                        logins,
                                        venue.clients,
                                        rate,
                                        time.warmup,
                                        time.duration));
        ProgressLine observer = new ProgressLine(System.err, progress.style());
        SlowReport report =
                SlowReport.of(new SlowRun(plan, observer, Clock.systemUTC()).run(), venue.labels);
        report.print(spec.commandLine().getOut());
        venue.write(report);
        return report.exitCode();
    }
}
