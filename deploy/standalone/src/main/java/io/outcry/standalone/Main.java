package io.outcry.standalone;

import io.outcry.standalone.process.StartException;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Without a subcommand it runs a venue. */
@Command(
        name = "outcry",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Runs a whole venue on this machine. Without a command: up.",
        subcommands = {UpCommand.class, RestartCommand.class, DownCommand.class})
public final class Main {
    private static final Set<String> HELP = Set.of("-h", "--help");

    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        if (args.length == 1 && HELP.contains(args[0])) {
            return help();
        }
        return commandLine().execute(namesCommand(args) ? args : withUp(args));
    }

    /** Of the commands, and of the one that is meant when none is named. */
    private static int help() {
        commandLine().usage(System.out);
        System.out.println();
        CommandLine.usage(new UpCommand(), System.out);
        return CommandLine.ExitCode.OK;
    }

    private static boolean namesCommand(String[] args) {
        return args.length > 0
                && (!args[0].startsWith("-")
                        || HELP.contains(args[0])
                        || Set.of("-V", "--version").contains(args[0]));
    }

    private static String[] withUp(String[] args) {
        return Stream.concat(Stream.of("up"), Stream.of(args)).toArray(String[]::new);
    }

    private static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            if (!(failure instanceof StartException)) {
                                throw failure;
                            }
                            command.getErr().println("outcry: " + failure.getMessage());
                            return CommandLine.ExitCode.SOFTWARE;
                        });
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"outcry " + (version == null ? "(not packaged)" : version)};
        }
    }
}
