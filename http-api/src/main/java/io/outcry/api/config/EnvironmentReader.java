package io.outcry.api.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads variables and collects what is wrong with them. For one thread. */
final class EnvironmentReader {
    private static final String OWN_PREFIX = "OUTCRY_";

    private final Map<String, String> environment;
    private final List<String> errors = new ArrayList<>();

    EnvironmentReader(Map<String, String> environment) {
        this.environment = environment;
        refuseUnknown();
    }

    /** A misspelled name would otherwise leave a default in force unnoticed. */
    private void refuseUnknown() {
        TreeSet<String> unknown = new TreeSet<>(environment.keySet());
        unknown.removeIf(name -> !name.startsWith(OWN_PREFIX));
        for (Variable variable : Variable.values()) {
            unknown.remove(variable.name());
            if (variable.secret()) {
                unknown.remove(variable.fileName());
            }
        }
        unknown.forEach(name -> errors.add(name + " is not a known variable; see --help"));
    }

    /** Its text; the default when not set. */
    String text(Variable variable) {
        String text = given(variable);
        return text == null ? variable.defaultText() : text;
    }

    /** Its text; one that is not of the format is an error, and the default is used. */
    String checked(Variable variable, String format, String expected) {
        String text = text(variable);
        if (text.matches(format)) {
            return text;
        }
        errors.add(variable + (variable.secret() ? " " : " (" + text + ") ") + expected);
        return variable.defaultText();
    }

    /** Its text read as something else; null, and an error, when that refuses it. */
    <T> @Nullable T parsed(Variable variable, Function<String, T> parser) {
        String text = text(variable);
        if (text.isEmpty()) {
            errors.add(variable + " is required");
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            String shown = variable.secret() ? "" : " (" + text + ")";
            errors.add(variable + shown + ": " + e.getMessage());
            return null;
        }
    }

    /** A whole number in a range. */
    long number(Variable variable, long min, long max) {
        return number(variable, min, max, variable.defaultText());
    }

    /** The same with a default that depends on other variables. */
    long number(Variable variable, long min, long max, String defaultText) {
        String given = given(variable);
        String text = given == null ? defaultText : given;
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as any other text that is no number of the range.
        }
        errors.add(variable + " (" + text + ") must be a whole number from " + min + " to " + max);
        return min;
    }

    Duration millis(Variable variable, long min, long max, String defaultText) {
        return Duration.ofMillis(number(variable, min, max, defaultText));
    }

    Duration millis(Variable variable, long min, long max) {
        return Duration.ofMillis(number(variable, min, max));
    }

    void reject(Variable variable, String reason) {
        errors.add(variable + " " + reason);
    }

    private @Nullable String given(Variable variable) {
        String text = environment.get(variable.name());
        String file = variable.secret() ? environment.get(variable.fileName()) : null;
        if (text != null && file != null) {
            errors.add(variable + " and " + variable.fileName() + " exclude each other");
        }
        if (file == null || text != null) {
            return text == null || text.isBlank() ? null : text.strip();
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            errors.add(variable.fileName() + " (" + file + ") cannot be read: " + e.getMessage());
            return null;
        }
    }

    void throwIfInvalid() throws InvalidSettingsException {
        if (!errors.isEmpty()) {
            throw new InvalidSettingsException(errors);
        }
    }
}
