package io.outcry.standalone.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to execute: a command with its whole environment. The child sees no variable of ours but
 * those named here, beside a plain PATH and locale.
 */
public record Launch(List<String> command, Map<String, String> environment, Path directory) {
    private static final Map<String, String> BASE_ENVIRONMENT =
            Map.of(
                    "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "LANG", "C.UTF-8");

    public Launch {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("command must not be empty");
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * In a session, and so a process group, of its own: Ctrl-C at our terminal does not reach it
     * before we stop things in order, and whatever it leaves behind can be found.
     */
    public ProcessBuilder builder(Path log) {
        List<String> inSession = new ArrayList<>(List.of("setsid"));
        inSession.addAll(Scheduling.inBatches(command));
        ProcessBuilder builder =
                new ProcessBuilder(inSession)
                        .directory(directory.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(BASE_ENVIRONMENT);
        builder.environment().putAll(environment);
        return builder;
    }
}
