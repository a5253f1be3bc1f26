package io.outcry.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.money.InvalidDecimalException;
import io.outcry.domain.money.Scale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of scalars and arrays of strings, read strictly: unknown and repeated members are
 * refused, also when repeated under an alias. Numbers stay the text that they are, so nothing is
 * rounded. {@code null} is the same as absence. For one thread.
 */
public final class FlatObject {
    private static final int MOST_STRINGS = 32;

    private final FieldErrors errors = new FieldErrors();
    private final JsonToken[] kinds;
    private final String[] texts;
    private Map<Field, List<String>> lists = Map.of();
    private @Nullable Problem ruleBroken;

    private FlatObject(int size) {
        kinds = new JsonToken[size];
        texts = new String[size];
    }

    /**
     * Reads a body that holds one object and nothing else.
     *
     * @throws ProblemException MALFORMED_JSON
     */
    public static FlatObject parse(byte[] body, Fields fields) {
        try (JsonParser parser = Json.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("the body must be a JSON object");
            }
            FlatObject object = read(parser, fields);
            if (parser.nextToken() != null) {
                throw malformed("the body must end after the JSON object");
            }
            return object;
        } catch (IOException e) {
            throw malformed("the body is not well-formed JSON");
        }
    }

    /**
     * Reads an object whose beginning was read.
     *
     * @throws ProblemException MALFORMED_JSON
     */
    public static FlatObject read(JsonParser parser, Fields fields) throws IOException {
        FlatObject object = new FlatObject(fields.size());
        object.readMembers(parser, fields);
        return object;
    }

    private void readMembers(JsonParser parser, Fields fields) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken kind = parser.nextToken();
            Field field = fields.find(name);
            if (field == null) {
                unknown(name, kind, parser);
            } else {
                read(field, kind, parser);
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw malformed("the body is not well-formed JSON");
        }
    }

    private void unknown(String name, JsonToken kind, JsonParser parser) throws IOException {
        errors.add(name, "is not a known field");
        if (kind.isStructStart()) {
            parser.skipChildren();
        }
    }

    private void read(Field field, JsonToken kind, JsonParser parser) throws IOException {
        if (kinds[field.index()] != null) {
            throw malformed(field.name() + " is given more than once");
        }
        kinds[field.index()] = kind;
        if (field.list() && kind != JsonToken.VALUE_NULL) {
            readList(field, kind, parser);
        } else if (kind.isStructStart()) {
            errors.add(field.name(), "must not be an object or array");
            parser.skipChildren();
        } else if (kind != JsonToken.VALUE_NULL) {
            readText(field, parser.getText());
        }
    }

    private void readText(Field field, String text) {
        texts[field.index()] = text;
        if (!StorableText.is(text)) {
            errors.add(field.name(), StorableText.EXPECTED);
        }
    }

    private void readList(Field field, JsonToken kind, JsonParser parser) throws IOException {
        List<String> strings = new ArrayList<>();
        boolean good = kind == JsonToken.START_ARRAY;
        if (good) {
            while (parser.nextToken() == JsonToken.VALUE_STRING && strings.size() < MOST_STRINGS) {
                strings.add(parser.getText());
            }
            good = parser.currentToken() == JsonToken.END_ARRAY;
        }
        if (!good) {
            // What is left of it is of no use, and neither is what follows.
            throw Problem.ofField(
                            ErrorCode.INVALID_FIELD,
                            field.name(),
                            "must be an array of at most " + MOST_STRINGS + " strings")
                    .toException();
        }
        if (lists.isEmpty()) {
            lists = new HashMap<>();
        }
        lists.put(field, List.copyOf(strings));
    }

    static ProblemException malformed(String detail) {
        return new ProblemException(ErrorCode.MALFORMED_JSON, detail);
    }

    /** Whether the member is there and not null. */
    public boolean has(Field field) {
        return texts[field.index()] != null;
    }

    /** What the member holds, whatever its kind; empty when it holds nothing. Notes no error. */
    public String text(Field field) {
        String text = texts[field.index()];
        return text == null ? "" : text;
    }

    /** The string, or null when absent; anything but a string is an error. */
    public @Nullable String string(Field field) {
        if (kinds[field.index()] == JsonToken.VALUE_STRING) {
            return texts[field.index()];
        }
        if (has(field)) {
            errors.add(field.name(), "must be a string");
        }
        return null;
    }

    /** The strings; none when absent. */
    public List<String> strings(Field field) {
        return lists.getOrDefault(field, List.of());
    }

    /** The string; absence is an error, and yields the empty string. */
    public String requiredString(Field field) {
        require(field);
        String text = string(field);
        return text == null ? "" : text;
    }

    /** Text of a JSON number or of a string, or null when absent; the caller reads it exactly. */
    public @Nullable String number(Field field) {
        JsonToken kind = kinds[field.index()];
        if (kind == JsonToken.VALUE_STRING || (kind != null && kind.isNumeric())) {
            return texts[field.index()];
        }
        if (has(field)) {
            errors.add(field.name(), "must be a decimal number or a string that holds one");
        }
        return null;
    }

    /**
     * The number in units of the scale; 0 when absent. What is no plain decimal is an error of the
     * field; one that the scale or 64 bits cannot carry breaks the rule of that code.
     */
    public long units(Field field, Scale scale, ErrorCode rule) {
        String text = number(field);
        if (text == null) {
            return 0;
        }
        try {
            return scale.parse(text);
        } catch (InvalidDecimalException e) {
            String reason = String.valueOf(e.getMessage());
            switch (e.reason()) {
                case NOT_A_NUMBER -> errors.add(field.name(), reason);
                case TOO_PRECISE, OVERFLOW -> breaks(rule, field, reason);
            }
            return 0;
        }
    }

    /** The same for a number that has no use unless above 0, where 0 stands for absence. */
    public long optionalUnits(Field field, Scale scale, ErrorCode rule) {
        long units = units(field, scale, rule);
        if (units <= 0 && has(field)) {
            breaks(rule, field, "must be above 0");
        }
        return units;
    }

    /** A whole number in a range, the lowest when absent. */
    public long whole(Field field, long min, long max) {
        String text = number(field);
        if (text == null) {
            return min;
        }
        try {
            long value = WholeNumber.parse(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            errors.add(field.name(), "must be a whole number");
            return min;
        }
        errors.add(field.name(), "must be from " + min + " to " + max);
        return min;
    }

    private void breaks(ErrorCode rule, Field field, String reason) {
        if (ruleBroken == null) {
            ruleBroken = Problem.ofField(rule, field.name(), reason);
        }
    }

    /** The truth value; false when absent. */
    public boolean flag(Field field) {
        JsonToken kind = kinds[field.index()];
        if (has(field) && !kind.isBoolean()) {
            errors.add(field.name(), "must be true or false");
        }
        return kind == JsonToken.VALUE_TRUE;
    }

    /** Notes an error when the member is absent. */
    public void require(Field field) {
        if (!has(field) && kinds[field.index()] == null) {
            errors.add(field.name(), "is required");
        } else if (kinds[field.index()] == JsonToken.VALUE_NULL) {
            errors.add(field.name(), "must not be null");
        }
    }

    /** Notes what is wrong with a member. */
    public void reject(Field field, String reason) {
        errors.add(field.name(), reason);
    }

    /**
     * Ends the reading.
     *
     * @throws ProblemException INVALID_FIELD with all errors that were noted, or else the rule that
     *     a number broke
     */
    public void throwIfInvalid() {
        throwIfMalformed();
        if (ruleBroken != null) {
            throw ruleBroken.toException();
        }
    }

    /**
     * Ends the reading where numbers do not matter any more.
     *
     * @throws ProblemException INVALID_FIELD with all errors that were noted
     */
    public void throwIfMalformed() {
        errors.throwIfAny();
    }
}
