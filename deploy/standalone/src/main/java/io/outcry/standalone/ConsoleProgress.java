package io.outcry.standalone;

import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.ProcessIdentity;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * A line for each thing that happens. On a terminal, the component that is awaited is shown too, on
 * a last line that the next news replaces. Thread-safe.
 */
final class ConsoleProgress implements Progress {
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;

    ConsoleProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void step(String name, String detail, Duration elapsed) {
        line(name, detail, seconds(elapsed));
    }

    @Override
    public void spawned(Component component, ProcessIdentity identity) {
        if (terminal) {
            transientLine("  " + component.name() + " is starting …");
        }
    }

    @Override
    public void ready(Component component, Duration elapsed) {
        line(component.name(), "ready at " + component.address(), seconds(elapsed));
    }

    @Override
    public void crashed(Component component, String reason, Duration pause) {
        String again = pause.isZero() ? "starting again" : "starting again in " + seconds(pause);
        line(component.name(), reason, again);
    }

    @Override
    public void stopped(Component component) {
        line(component.name(), "stopped", "");
    }

    @Override
    public void warning(String message) {
        line("warning", message, "");
    }

    private synchronized void line(String name, String what, String aside) {
        String start = terminal ? CLEAR_LINE : "";
        out.println((start + String.format("  %-9s  %-28s %s", name, what, aside)).stripTrailing());
        out.flush();
    }

    private synchronized void transientLine(String text) {
        out.print(CLEAR_LINE + text);
        out.flush();
    }

    private static String seconds(Duration elapsed) {
        return String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1000.0);
    }
}
