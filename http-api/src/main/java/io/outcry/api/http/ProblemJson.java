package io.outcry.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.json.Json;
import io.outcry.api.problem.Problem;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** Writes problems as RFC 9457 has them. */
public final class ProblemJson {
    static final String CONTENT_TYPE = "application/problem+json";

    private ProblemJson() {}

    static byte[] bytes(Problem problem, String requestId) {
        return Json.bytes(
                json -> {
                    json.writeStartObject();
                    writeMembers(json, problem);
                    json.writeStringField("request_id", requestId);
                    json.writeEndObject();
                });
    }

    /** The problem of one part of a request. */
    public static void write(JsonGenerator json, Problem problem) throws IOException {
        json.writeStartObject();
        writeMembers(json, problem);
        json.writeEndObject();
    }

    private static void writeMembers(JsonGenerator json, Problem problem) throws IOException {
        int status = problem.code().status();
        json.writeStringField("type", "about:blank");
        json.writeStringField("title", HttpStatus.getMessage(status));
        json.writeNumberField("status", status);
        json.writeStringField("code", problem.code().name());
        json.writeStringField("detail", problem.detail());
        if (!problem.errors().isEmpty()) {
            writeErrors(json, problem);
        }
        for (Map.Entry<String, String> member : problem.extensions().entrySet()) {
            json.writeStringField(member.getKey(), member.getValue());
        }
    }

    private static void writeErrors(JsonGenerator json, Problem problem) throws IOException {
        json.writeArrayFieldStart("errors");
        for (Problem.FieldError error : problem.errors()) {
            json.writeStartObject();
            json.writeStringField("field", error.field());
            json.writeStringField("reason", error.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
