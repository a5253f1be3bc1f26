package io.outcry.api.ws;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.outcry.api.json.Json;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends: {@code op} and what that needs. Read as strictly as a body.
 *
 * @param id as the client gave it, to find the answer by; null: none
 * @param after sequence that private channels are to go on from; null: from a snapshot
 */
record Request(
        String op,
        @Nullable String id,
        @Nullable String token,
        List<Channel> channels,
        @Nullable Long after) {
    private static final int MOST_CHANNELS = 64;
    private static final int LONGEST_ID = 64;

    /**
     * Reads a message.
     *
     * @throws ProblemException MALFORMED_JSON or INVALID_FIELD
     */
    static Request of(String text) {
        try (JsonParser parser = Json.parser(text.getBytes(StandardCharsets.UTF_8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("a message must be a JSON object");
            }
            Request request = new Reader(parser).read();
            if (parser.nextToken() != null) {
                throw malformed("a message must end after its JSON object");
            }
            return request;
        } catch (IOException e) {
            throw malformed("the message is not well-formed JSON");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ErrorCode.MALFORMED_JSON, detail);
    }

    private static ProblemException invalid(String field, String reason) {
        return Problem.ofField(ErrorCode.INVALID_FIELD, field, reason).toException();
    }

    /** Of one message. */
    private static final class Reader {
        private final JsonParser parser;
        private @Nullable String op;
        private @Nullable String id;
        private @Nullable String token;
        private @Nullable List<Channel> channels;
        private @Nullable Long after;

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        Request read() throws IOException {
            for (String name = parser.nextFieldName();
                    name != null;
                    name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "op" -> op = once(name, op, text(name));
                    case "id" -> id = once(name, id, id(name));
                    case "token" -> token = once(name, token, text(name));
                    case "channels" -> channels = once(name, channels, channels());
                    case "after_sequence" -> after = once(name, after, sequence(name));
                    default -> throw invalid(name, "is not a known field");
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw malformed("the message is not well-formed JSON");
            }
            if (op == null) {
                throw invalid("op", "is required");
            }
            return new Request(op, id, token, channels == null ? List.of() : channels, after);
        }

        private static <T> T once(String name, @Nullable T before, T value) {
            if (before != null) {
                throw malformed(name + " is given more than once");
            }
            return value;
        }

        private String text(String name) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw invalid(name, "must be a string");
            }
            return parser.getText();
        }

        private String id(String name) throws IOException {
            String text = text(name);
            if (text.length() > LONGEST_ID) {
                throw invalid(name, "must have at most " + LONGEST_ID + " characters");
            }
            return text;
        }

        private Long sequence(String name) throws IOException {
            String expected = "must be a whole number of 0 or more";
            JsonToken kind = parser.currentToken();
            if (kind != JsonToken.VALUE_NUMBER_INT && kind != JsonToken.VALUE_STRING) {
                throw invalid(name, expected);
            }
            try {
                long sequence = Long.parseLong(parser.getText());
                if (sequence >= 0) {
                    return sequence;
                }
            } catch (NumberFormatException e) {
                throw invalid(name, expected);
            }
            throw invalid(name, expected);
        }

        private List<Channel> channels() throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw invalid("channels", "must be an array of strings");
            }
            List<Channel> read = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (read.size() == MOST_CHANNELS) {
                    throw invalid("channels", "must be at most " + MOST_CHANNELS);
                }
                read.add(channel(text("channels")));
            }
            return read;
        }

        private static Channel channel(String name) {
            try {
                return Channel.of(name);
            } catch (IllegalArgumentException e) {
                throw invalid(
                        "channels",
                        "must be of book:SYMBOL, trades:SYMBOL, ticker:SYMBOL,"
                                + " candles:SYMBOL:INTERVAL, orders, account");
            }
        }
    }
}
