package io.outcry.api.ws;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.outcry.api.json.FieldErrors;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.json.Json;
import io.outcry.api.json.WholeNumber;
import io.outcry.api.orders.OrderEntry;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.OrderId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one message as strictly as a body. For one thread. */
final class RequestReader {
    private static final int MOST_CHANNELS = 64;
    private static final int LONGEST_ID = 64;

    private final FieldErrors errors = new FieldErrors();
    private final Set<String> members = new HashSet<>();
    private @Nullable String op;
    private @Nullable String id;
    private @Nullable String token;
    private List<Channel> channels = List.of();
    private @Nullable Long after;
    private @Nullable FlatObject order;
    private @Nullable FlatObject terms;
    private @Nullable OrderId orderId;
    private @Nullable ClientOrderId clientOrderId;
    private @Nullable Symbol symbol;

    /** What the message is to be answered under, as far as it was read; null: it told none. */
    @Nullable String id() {
        return id;
    }

    /**
     * Reads a message.
     *
     * @throws ProblemException MALFORMED_JSON or INVALID_FIELD
     */
    Request read(String text) {
        try (JsonParser parser = Json.parser(text.getBytes(StandardCharsets.UTF_8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("a message must be a JSON object");
            }
            readMembers(parser);
            if (parser.nextToken() != null) {
                throw malformed("a message must end after its JSON object");
            }
        } catch (IOException e) {
            throw malformed("the message is not well-formed JSON");
        }
        return request();
    }

    private void readMembers(JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (!members.add(name)) {
                throw malformed(name + " is given more than once");
            }
            readMember(name, parser);
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw malformed("the message is not well-formed JSON");
        }
    }

    private void readMember(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "op" -> op = text(name, parser);
            case "id" -> id = id(parser);
            case "token" -> token = text(name, parser);
            case "channels" -> readChannels(parser);
            case "after_sequence" -> after = sequence(parser);
            case "order" -> order = object(name, parser, OrderEntry.ORDER);
            case "terms" -> terms = object(name, parser, OrderEntry.TERMS);
            case "order_id" -> orderId = orderId(parser);
            case "client_order_id" ->
                    clientOrderId =
                            value(
                                    name,
                                    parser,
                                    ClientOrderId::new,
                                    "must be 1-36 of A-Z a-z 0-9 _ -");
            case "symbol" ->
                    symbol = value(name, parser, Symbol::new, "must be 1-16 of A-Z 0-9 . _ -");
            default -> refuse(name, "is not a known field", parser);
        }
    }

    private Request request() {
        if (op == null) {
            errors.add("op", "is required");
        } else {
            OrderOp known = OrderOp.of(op);
            if (known != null) {
                requireMembers(known);
            }
        }
        errors.throwIfAny();
        return new Request(
                String.valueOf(op),
                id,
                token,
                channels,
                after,
                new Request.Orders(order, terms, orderId, clientOrderId, symbol));
    }

    /** What was meant to narrow a request down must not be overlooked: it would do too much. */
    private void requireMembers(OrderOp known) {
        for (String member : members) {
            if (!member.equals("op") && !member.equals("id") && !known.members().contains(member)) {
                errors.add(member, "is not for " + known);
            }
        }
        boolean named = members.contains("order_id") || members.contains("client_order_id");
        switch (known) {
            case PLACE -> require("order");
            case REPLACE -> {
                require("order_id");
                require("terms");
            }
            case CANCEL -> {
                if (!named) {
                    errors.add("order_id", "or client_order_id is required");
                } else if (members.containsAll(known.members())) {
                    errors.add("client_order_id", "must not be given beside order_id");
                }
            }
            case CANCEL_ALL -> {}
        }
    }

    private void require(String member) {
        if (!members.contains(member)) {
            errors.add(member, "is required");
        }
    }

    /** Notes the error and goes on, so that the answer can bear the request's id. */
    private void refuse(String name, String reason, JsonParser parser) throws IOException {
        errors.add(name, reason);
        parser.skipChildren();
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ErrorCode.MALFORMED_JSON, detail);
    }

    private @Nullable String text(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            refuse(name, "must be a string", parser);
            return null;
        }
        return parser.getText();
    }

    private @Nullable String id(JsonParser parser) throws IOException {
        String text = text("id", parser);
        if (text != null && text.length() > LONGEST_ID) {
            errors.add("id", "must have at most " + LONGEST_ID + " characters");
            return null;
        }
        return text;
    }

    private <T> @Nullable T value(
            String name, JsonParser parser, Function<String, T> reading, String expected)
            throws IOException {
        String text = text(name, parser);
        if (text == null) {
            return null;
        }
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            errors.add(name, expected);
            return null;
        }
    }

    private @Nullable FlatObject object(String name, JsonParser parser, Fields fields)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            refuse(name, "must be an object", parser);
            return null;
        }
        return FlatObject.read(parser, fields);
    }

    private @Nullable OrderId orderId(JsonParser parser) throws IOException {
        Long number = whole("order_id", "must be a whole number above 0", 1, parser);
        return number == null ? null : new OrderId(number);
    }

    private @Nullable Long sequence(JsonParser parser) throws IOException {
        return whole("after_sequence", "must be a whole number of 0 or more", 0, parser);
    }

    private @Nullable Long whole(String name, String expected, long least, JsonParser parser)
            throws IOException {
        JsonToken kind = parser.currentToken();
        if (kind == JsonToken.VALUE_NUMBER_INT || kind == JsonToken.VALUE_STRING) {
            try {
                long number = WholeNumber.parse(parser.getText());
                if (number >= least) {
                    return number;
                }
            } catch (NumberFormatException e) {
                errors.add(name, expected);
                return null;
            }
        }
        refuse(name, expected, parser);
        return null;
    }

    private void readChannels(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            refuse("channels", "must be an array of strings", parser);
            return;
        }
        List<Channel> read = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw malformed("the message is not well-formed JSON");
            }
            if (read.size() < MOST_CHANNELS) {
                channel(parser, read);
            } else {
                refuse("channels", "must be at most " + MOST_CHANNELS, parser);
            }
        }
        channels = read;
    }

    private void channel(JsonParser parser, List<Channel> read) throws IOException {
        Channel channel =
                value(
                        "channels",
                        parser,
                        Channel::of,
                        "must be of book:SYMBOL, trades:SYMBOL, ticker:SYMBOL,"
                                + " candles:SYMBOL:INTERVAL, orders, account");
        if (channel != null) {
            read.add(channel);
        }
    }
}
