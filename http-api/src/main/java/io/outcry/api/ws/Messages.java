package io.outcry.api.ws;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.json.Json;
import io.outcry.api.orders.OrderAnswer;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.Problem.FieldError;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what clients receive, all of it one JSON object a message, in UTF-8. Messages are shared
 * by all that are sent them, so nobody may change one. Pure functions.
 */
final class Messages {
    private Messages() {}

    /** What a channel's message is. */
    enum Meaning {
        /** How things stand; what was known before is to be forgotten. */
        SNAPSHOT("snapshot"),
        /** What has changed. */
        UPDATE("update"),
        /** Something was missed; a snapshot will follow. */
        RESYNC("resync");

        private final String text;

        Meaning(String text) {
            this.text = text;
        }
    }

    /** A channel's message; the body writes further members. */
    static byte[] ofChannel(
            Channel channel,
            Meaning meaning,
            long sequence,
            long previousSequence,
            Json.Body body) {
        return text(
                json -> {
                    json.writeStringField("channel", channel.name());
                    json.writeStringField("type", meaning.text);
                    json.writeNumberField("sequence", sequence);
                    json.writeNumberField("prev_sequence", previousSequence);
                    body.write(json);
                });
    }

    /** The answer to a request that was carried out. */
    static byte[] done(String type, @Nullable String id, Collection<Channel> channels) {
        return text(
                json -> {
                    json.writeStringField("type", type);
                    writeId(json, id);
                    json.writeArrayFieldStart("channels");
                    for (Channel channel : channels) {
                        json.writeString(channel.name());
                    }
                    json.writeEndArray();
                });
    }

    static byte[] plain(String type, @Nullable String id, String member, String value) {
        return text(
                json -> {
                    json.writeStringField("type", type);
                    writeId(json, id);
                    json.writeStringField(member, value);
                });
    }

    /** The answer to a request about orders that was carried out. */
    static byte[] done(@Nullable String id, OrderAnswer answer) {
        return text(
                json -> {
                    json.writeStringField("type", answer.member());
                    writeId(json, id);
                    json.writeNumberField("status", answer.status());
                    if (answer.duplicate()) {
                        json.writeBooleanField("duplicate", true);
                    }
                    answer.writeMember(json);
                });
    }

    /** The answer to a request that was refused. */
    static byte[] error(@Nullable String id, Problem problem) {
        return text(
                json -> {
                    json.writeStringField("type", "error");
                    writeId(json, id);
                    json.writeNumberField("status", problem.code().status());
                    json.writeStringField("code", problem.code().name());
                    json.writeStringField("detail", problem.detail());
                    for (Map.Entry<String, String> more : problem.extensions().entrySet()) {
                        json.writeStringField(more.getKey(), more.getValue());
                    }
                    Duration retryAfter = problem.retryAfter();
                    if (retryAfter != null) {
                        json.writeNumberField("retry_after_ms", retryAfter.toMillis());
                    }
                    json.writeArrayFieldStart("errors");
                    for (FieldError error : problem.errors()) {
                        json.writeStartObject();
                        json.writeStringField("field", error.field());
                        json.writeStringField("reason", error.reason());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    private static void writeId(JsonGenerator json, @Nullable String id) throws IOException {
        if (id != null) {
            json.writeStringField("id", id);
        }
    }

    private static byte[] text(Json.Body members) {
        return Json.bytes(
                json -> {
                    json.writeStartObject();
                    members.write(json);
                    json.writeEndObject();
                });
    }
}
