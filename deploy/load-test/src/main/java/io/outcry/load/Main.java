package io.outcry.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/** Entry of the load generator. */
public final class Main {
    private static final int NO_RUN = 4;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LoadCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain);
    }

    /**
     * What a user can do something about is one line; anything else is a defect and keeps its stack
     * trace.
     */
    private static int explain(
            Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed)
            throws Exception {
        if (!(failure instanceof IOException || failure instanceof UncheckedIOException)) {
            throw failure;
        }
        commandLine.getErr().println(commandLine.getCommandName() + ": " + failure.getMessage());
        return NO_RUN;
    }
}
