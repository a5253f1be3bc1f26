package io.outcry.load.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.outcry.load.flow.Action;
import io.outcry.load.flow.CancelOrder;
import io.outcry.load.http.Answer;
import io.outcry.load.http.Failure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells from an answer what became of an order or a cancel. Used by one thread. */
final class OutcomeReader {
    private static final JsonFactory JSON = new JsonFactory();

    private @Nullable String id;
    private @Nullable String status;
    private @Nullable String filledQuantity;
    private @Nullable String sequence;
    private @Nullable String code;

    Outcome read(Action action, Answer answer) {
        boolean readable = readFields(answer);
        int http = answer.status();
        if (http == 200 || http == 201) {
            return readable ? accepted(action) : new Outcome.Unknown("unreadable_answer");
        }
        String label = code == null ? "http_" + http : code;
        return switch (http) {
            case 409, 422 -> new Outcome.Rejected(label);
            case 429, 503 -> new Outcome.Refused(label, answer.retryAfterSeconds());
            case 404 ->
                    action instanceof CancelOrder
                            ? new Outcome.Rejected(label)
                            : new Outcome.Failed(numbered(http));
            default ->
                    http >= 500
                            ? new Outcome.Unknown(numbered(http))
                            : new Outcome.Failed(numbered(http));
        };
    }

    Outcome read(Failure failure) {
        return failure.maybeSent()
                ? new Outcome.Unknown(failure.label())
                : new Outcome.NotSent(failure.label());
    }

    private Outcome accepted(Action action) {
        if (status != null) {
            return new Outcome.Accepted(status, id, filledQuantity, sequence);
        }
        return action instanceof CancelOrder
                ? new Outcome.Accepted("CANCELED", id, filledQuantity, sequence)
                : new Outcome.Unknown("unreadable_answer");
    }

    private String numbered(int http) {
        return code == null ? "http_" + http : "http_" + http + " " + code;
    }

    /** Reads the top-level fields that matter; false when the body is not a JSON object. */
    private boolean readFields(Answer answer) {
        id = null;
        status = null;
        filledQuantity = null;
        sequence = null;
        code = null;
        try (JsonParser parser =
                JSON.createParser(answer.bytes(), answer.bodyOffset(), answer.bodyLength())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isStructStart()) {
                    parser.skipChildren();
                } else if (value != JsonToken.VALUE_NULL) {
                    keep(field, parser);
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void keep(String field, JsonParser parser) throws IOException {
        switch (field) {
            case "id" -> id = parser.getText();
            case "status" -> status = parser.getText();
            case "filled_quantity" -> filledQuantity = parser.getText();
            case "sequence" -> sequence = parser.getText();
            case "code" -> code = parser.getText();
            default -> {
                // Of no use here.
            }
        }
    }
}
