package io.outcry.api.http;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the gate that a path leads to, where the path is one of a route or ends with the route's
 * only parameter. Immutable once all are added.
 */
final class DirectPaths {
    private static final int NO_PARAMETER = -1;

    private final Map<String, Gate> whole = new HashMap<>();
    private final Map<String, Gate> byPrefix = new HashMap<>();

    /**
     * What a path leads to.
     *
     * @param parameter the path's last segment; null: the route has none
     */
    record Match(Gate gate, @Nullable String parameter) {}

    void add(Gate gate) {
        String path = gate.route().path();
        int brace = path.indexOf('{');
        if (brace == NO_PARAMETER) {
            whole.put(path, gate);
        } else if (path.indexOf('}') == path.length() - 1) {
            byPrefix.put(path.substring(0, brace), gate);
        } else {
            throw new IllegalArgumentException("more than one parameter at its end: " + path);
        }
    }

    /** Null when there is none, or the parameter needs decoding first. */
    @Nullable Match find(String path) {
        Gate gate = whole.get(path);
        if (gate != null) {
            return new Match(gate, null);
        }
        int start = path.lastIndexOf('/') + 1;
        gate = byPrefix.get(path.substring(0, start));
        return gate == null || start == path.length() || !plain(path, start)
                ? null
                : new Match(gate, path.substring(start));
    }

    private static boolean plain(String path, int start) {
        for (int i = start; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
