package io.outcry.standalone.server;

import java.time.Duration;

/** Is told what was unpacked. Called by the thread that did it. */
@FunctionalInterface
public interface UnpackListener {
    void unpacked(String name, Duration elapsed);
}
