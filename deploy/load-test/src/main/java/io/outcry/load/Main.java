package io.outcry.load;

import io.outcry.load.entry.RegistrationFailedException;
import io.outcry.load.report.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Entry of the load generator. */
public final class Main {
    private static final int NO_RUN = 4;
    private static final String SEE_HELP = " (--help tells more)";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LoadCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::explainUsage)
                .setExecutionExceptionHandler(Main::explain);
    }

    private static int explainUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println(named(command) + failure.getMessage() + SEE_HELP);
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String named(CommandLine command) {
        return command.getCommandSpec().qualifiedName() + ": ";
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
        commandLine.getErr().println(named(commandLine) + failure.getMessage());
        return failure instanceof RegistrationFailedException
                ? Verdict.REGISTRATIONS_FAILED
                : NO_RUN;
    }
}
