package io.outcry.load;

import io.outcry.load.bare.BareServer;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the bare reference server in the foreground. */
@Command(
        name = "bare",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 100,
        header =
                "Serves one JSON POST and nothing behind it, to compare a venue with; until Ctrl-C.")
final class BareCommand implements Callable<Integer> {
    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8090",
            description = "Port to listen on; 0: a free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        try (BareServer server = new BareServer(host, port)) {
            spec.commandLine().getOut().println("listening on " + host + ":" + server.port());
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
