package io.outcry.load;

import io.outcry.load.report.ProgressLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How progress is shown. */
final class ProgressOption {
    /** Set by whoever knows that standard error is a terminal, which Java 17 cannot tell. */
    private static final String TERMINAL_PROPERTY = "outcry.terminal";

    @Option(
            names = "--progress",
            paramLabel = "STYLE",
            description = "terminal, plain or none (default: what fits).")
    ProgressLine.@Nullable Style chosen;

    ProgressLine.Style style() {
        if (chosen != null) {
            return chosen;
        }
        return Boolean.getBoolean(TERMINAL_PROPERTY)
                ? ProgressLine.Style.TERMINAL
                : ProgressLine.Style.PLAIN;
    }
}
