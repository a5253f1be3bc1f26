package io.outcry.api.health;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Something that the server depends on.
 *
 * @param check how it does; may block for a short while, and may throw when it is down
 */
public record Component(String name, Supplier<State> check) {

    /** How a component does, with whatever else there is to tell of it. */
    public record State(Status status, Map<String, String> details) {
        public static final State UP = new State(Status.UP, Map.of());
        public static final State DOWN = new State(Status.DOWN, Map.of());

        public State {
            details = Map.copyOf(details);
        }

        public static State of(boolean up) {
            return up ? UP : DOWN;
        }
    }

    /** Whether it serves. */
    public enum Status {
        UP,
        DOWN
    }
}
