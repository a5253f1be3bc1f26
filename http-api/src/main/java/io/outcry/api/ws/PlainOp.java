package io.outcry.api.ws;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a client may ask for that has nothing to do with orders. */
enum PlainOp {
    AUTHENTICATE,
    SUBSCRIBE,
    UNSUBSCRIBE,
    PING;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Null: there is none of that name. */
    static @Nullable PlainOp of(String op) {
        return Arrays.stream(values())
                .filter(each -> each.text.equals(op))
                .findFirst()
                .orElse(null);
    }

    /** All that a client may ask for, for who has asked for something else. */
    static String expected() {
        Stream<Object> all =
                Stream.concat(Arrays.stream(values()), Arrays.stream(OrderOp.values()));
        return all.map(Object::toString).collect(Collectors.joining(", ", "must be one of ", ""));
    }

    @Override
    public String toString() {
        return text;
    }
}
