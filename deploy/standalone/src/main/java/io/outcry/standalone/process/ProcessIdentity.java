package io.outcry.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, told apart from a later one that was given the same id.
 *
 * @param pid the process id, which is its process group's id too
 * @param startTicks clock ticks from the machine's boot to the process's start
 */
public record ProcessIdentity(long pid, long startTicks) {
    /** In /proc/PID/stat, counted from the field after the command's closing parenthesis. */
    private static final int START_TICKS_FIELD = 19;

    /** The process with this id; empty when none is alive. */
    public static Optional<ProcessIdentity> of(long pid) {
        return stat(pid)
                .filter(fields -> !fields[0].equals("Z"))
                .map(fields -> new ProcessIdentity(pid, Long.parseLong(fields[START_TICKS_FIELD])));
    }

    /** Reads what {@link #toString} wrote. */
    public static ProcessIdentity parse(String text) {
        String[] parts = text.trim().split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("not a process id and start time: " + text);
        }
        return new ProcessIdentity(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    @Override
    public String toString() {
        return pid + " " + startTicks;
    }

    private static Optional<String[]> stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
