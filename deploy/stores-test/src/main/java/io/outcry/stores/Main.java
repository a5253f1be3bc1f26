package io.outcry.stores;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code kills}, {@code plans}, {@code lag} and {@code rebuild}. */
@Command(
        name = "stores-test",
        mixinStandardHelpOptions = true,
        description = "Tries the projection in PostgreSQL beyond what a build can.",
        subcommands = {
            KillsCommand.class,
            PlansCommand.class,
            LagCommand.class,
            RebuildCommand.class
        })
public final class Main {
    Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
