package io.outcry.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The one JSON factory, with limits on what a hostile body may ask of it. Safe for many threads.
 */
public final class Json {
    private static final int MAX_NESTING = 8;
    private static final int MAX_STRING_LENGTH = 8_192;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_NAME_LENGTH = 64;

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_NESTING)
                                    .maxStringLength(MAX_STRING_LENGTH)
                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                    .maxNameLength(MAX_NAME_LENGTH)
                                    .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    private Json() {}

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Reads what was received.
     *
     * @throws CharConversionException when it is not UTF-8: the parser takes other encodings of
     *     Unicode too, each of which has within two bytes what UTF-8 never has
     */
    public static JsonParser parser(byte[] body) throws IOException {
        for (int i = 0; i < Math.min(2, body.length); i++) {
            if (body[i] == 0 || (body[i] & 0xFE) == 0xFE) {
                throw new CharConversionException("the text must be UTF-8");
            }
        }
        return FACTORY.createParser(body);
    }

    /** The value as UTF-8. */
    public static byte[] bytes(Body body) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512)) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                body.write(json);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
    }
}
