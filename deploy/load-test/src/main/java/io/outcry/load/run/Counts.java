package io.outcry.load.run;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each label came up. Used by one thread. */
public final class Counts {
    private static final class Cell {
        private long count;
    }

    private final Map<String, Cell> cells = new HashMap<>();

    void add(String label) {
        cells.computeIfAbsent(label, absent -> new Cell()).count++;
    }

    void addAll(Counts others) {
        others.cells.forEach(
                (label, cell) ->
                        cells.computeIfAbsent(label, absent -> new Cell()).count += cell.count);
    }

    public long total() {
        return cells.values().stream().mapToLong(cell -> cell.count).sum();
    }

    public SortedMap<String, Long> byLabel() {
        SortedMap<String, Long> byLabel = new TreeMap<>();
        cells.forEach((label, cell) -> byLabel.put(label, cell.count));
        return byLabel;
    }
}
