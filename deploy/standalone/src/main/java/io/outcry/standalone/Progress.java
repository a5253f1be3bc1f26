package io.outcry.standalone;

import io.outcry.standalone.process.Listener;
import java.time.Duration;

/** Shown to whoever waits for the venue. Called by several threads at once. */
public interface Progress extends Listener {
    /** A step that is not a component's start is done. */
    void step(String name, String detail, Duration elapsed);

    /** Something is wrong that does not stop the venue. */
    void warning(String message);
}
