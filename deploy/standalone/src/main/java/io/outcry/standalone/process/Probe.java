package io.outcry.standalone.process;

import java.util.Optional;

/** Asks a component whether it serves. Bounded in time (about a second), and never throws. */
@FunctionalInterface
public interface Probe {
    /** Empty when the component is ready, else why it is not, in a few words. */
    Optional<String> problem();
}
