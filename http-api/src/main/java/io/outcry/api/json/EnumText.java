package io.outcry.api.json;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an enum's constants in any case. Immutable. */
public final class EnumText<E extends Enum<E>> {
    private final Map<String, E> byText = new HashMap<>();
    private final String expected;

    public EnumText(Class<E> type) {
        E[] constants = type.getEnumConstants();
        for (E constant : constants) {
            byText.put(constant.name(), constant);
            byText.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        expected =
                "must be one of "
                        + Stream.of(constants).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** The constant, or null when there is none of that name. */
    public @Nullable E find(String text) {
        E constant = byText.get(text);
        return constant == null && isAscii(text)
                ? byText.get(text.toUpperCase(Locale.ROOT))
                : constant;
    }

    /** Some letters of other scripts have a capital that is one of these. */
    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** What the text should have been. */
    public String expected() {
        return expected;
    }

    /** The member's constant, or the default when absent; any other text is an error. */
    public E read(FlatObject object, Field field, E absent) {
        String text = object.string(field);
        if (text == null) {
            return absent;
        }
        E constant = find(text);
        if (constant == null) {
            object.reject(field, expected);
            return absent;
        }
        return constant;
    }
}
