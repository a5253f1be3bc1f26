package io.outcry.api.http;

import io.outcry.api.json.FieldErrors;
import io.outcry.api.json.StorableText;
import io.outcry.api.json.WholeNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A query's parameters, each at most once. For one thread. */
public final class QueryParameters {
    private final FieldErrors errors = new FieldErrors();
    private final Map<String, String> values = new HashMap<>();

    private QueryParameters() {}

    static QueryParameters of(Map<String, List<String>> given, Set<String> known) {
        QueryParameters parameters = new QueryParameters();
        given.forEach(
                (name, texts) -> {
                    if (!known.contains(name)) {
                        parameters.errors.add(name, "is not a known parameter");
                    } else if (texts.size() != 1) {
                        parameters.errors.add(name, "must be given once");
                    } else if (!StorableText.is(texts.get(0))) {
                        parameters.errors.add(name, StorableText.EXPECTED);
                    } else {
                        parameters.values.put(name, texts.get(0));
                    }
                });
        parameters.errors.throwIfAny();
        return parameters;
    }

    /** The parameter's text, or null when absent. */
    public @Nullable String text(String name) {
        return values.get(name);
    }

    /**
     * The parameter read as something, or null when absent; what the reader refuses as an illegal
     * argument is noted as an error.
     */
    public <T> @Nullable T read(String name, Function<String, T> reader, String expected) {
        String text = values.get(name);
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            errors.add(name, expected);
            return null;
        }
    }

    /** A whole number in a range, or the default when absent. */
    public int number(String name, int min, int max, int absent) {
        String expected = "must be a whole number from " + min + " to " + max;
        Long number = read(name, WholeNumber::parse, expected);
        if (number == null) {
            return absent;
        }
        if (number < min || number > max) {
            errors.add(name, expected);
            return absent;
        }
        return number.intValue();
    }

    /**
     * Ends the reading.
     *
     * @throws io.outcry.api.problem.ProblemException INVALID_FIELD with all errors, if there are
     */
    public void throwIfInvalid() {
        errors.throwIfAny();
    }
}
