package io.outcry.persistence;

import io.outcry.domain.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows that the tables must hold, as the plain replay gives them. For one thread. */
final class SlowProjection {
    private final Map<String, List<String>> told = new HashMap<>();
    private Map<String, List<String>> target = told;
    private final PlainReplay replay =
            new PlainReplay(
                    (table, sequence, fields) ->
                            target.computeIfAbsent(table, key -> new ArrayList<>())
                                    .add(ProjectionCheck.text(fields)));

    void apply(Event event) {
        replay.apply(event);
    }

    /** Sorted as text. */
    List<String> rows(String table) {
        Map<String, List<String>> state = new HashMap<>();
        target = state;
        replay.end();
        target = told;
        List<String> rows = new ArrayList<>(told.getOrDefault(table, List.of()));
        rows.addAll(state.getOrDefault(table, List.of()));
        rows.sort(null);
        return rows;
    }
}
