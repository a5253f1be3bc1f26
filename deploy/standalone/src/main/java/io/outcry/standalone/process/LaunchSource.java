package io.outcry.standalone.process;

import java.io.IOException;

/**
 * Prepares the next start of a component; asked anew before each, on the component's watcher
 * thread.
 */
@FunctionalInterface
public interface LaunchSource {
    Launch next() throws IOException, InterruptedException;
}
