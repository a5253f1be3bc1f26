package io.outcry.load;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Tells of options that cannot be, as of those that cannot be read. */
final class Usage {
    private Usage() {}

    /**
     * What is made of a command's options.
     *
     * @throws ParameterException when making it throws IllegalArgumentException, which names what
     *     cannot be
     */
    static <T> T checked(CommandSpec spec, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
