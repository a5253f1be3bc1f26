package io.outcry.standalone.process;

import java.time.Duration;

/** Hears what becomes of the components. Called on their watcher threads, so by several at once. */
public interface Listener {
    /** A process was started; it is not ready yet. */
    void spawned(Component component, ProcessIdentity identity);

    /** The component serves, {@code elapsed} after its process was started. */
    void ready(Component component, Duration elapsed);

    /** A process ended by itself and will be started again after {@code pause}. */
    void crashed(Component component, String reason, Duration pause);

    /** The component was asked to stop, and has ended. */
    void stopped(Component component);
}
