package io.outcry.api.json;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members that one kind of object may have. Immutable once the class that defines it is. */
public final class Fields {
    private final Map<String, Field> byName = new HashMap<>();
    private int size;

    /** Adds a member. */
    public Field add(String name) {
        return add(name, new String[0]);
    }

    /** Adds a member with other names that are accepted for it. */
    public Field add(String name, String... aliases) {
        Field field = new Field(name, size++, false);
        byName.put(name, field);
        for (String alias : aliases) {
            byName.put(alias, field);
        }
        return field;
    }

    /** Adds a member that is an array of strings. */
    public Field addList(String name) {
        Field field = new Field(name, size++, true);
        byName.put(name, field);
        return field;
    }

    @Nullable Field find(String name) {
        return byName.get(name);
    }

    int size() {
        return size;
    }
}
