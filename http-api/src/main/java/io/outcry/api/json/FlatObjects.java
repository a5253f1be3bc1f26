package io.outcry.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads an object whose one member is an array of objects of scalars, as strictly as those. */
public final class FlatObjects {
    private FlatObjects() {}

    /**
     * Reads a body that holds that and nothing else. What is wrong inside of an object is noted in
     * it, unless the whole is not JSON.
     *
     * @param most objects that there may be; there must be one
     * @throws ProblemException MALFORMED_JSON, INVALID_FIELD
     */
    public static List<FlatObject> parse(byte[] body, String member, Fields fields, int most) {
        try (JsonParser parser = Json.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw FlatObject.malformed("the body must be a JSON object");
            }
            if (!member.equals(parser.nextFieldName())
                    || parser.nextToken() != JsonToken.START_ARRAY) {
                throw invalid(member, "must be an array, and the only field");
            }
            List<FlatObject> objects = objects(parser, member, fields, most);
            if (parser.nextToken() != JsonToken.END_OBJECT) {
                throw invalid(member, "must be the only field");
            }
            if (parser.nextToken() != null) {
                throw FlatObject.malformed("the body must end after the JSON object");
            }
            return objects;
        } catch (IOException e) {
            throw FlatObject.malformed("the body is not well-formed JSON");
        }
    }

    private static List<FlatObject> objects(
            JsonParser parser, String member, Fields fields, int most) throws IOException {
        List<FlatObject> objects = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT && objects.size() < most) {
            objects.add(FlatObject.read(parser, fields));
        }
        if (parser.currentToken() != JsonToken.END_ARRAY || objects.isEmpty()) {
            throw invalid(member, "must hold 1 to " + most + " objects");
        }
        return objects;
    }

    private static ProblemException invalid(String member, String reason) {
        return Problem.ofField(ErrorCode.INVALID_FIELD, member, reason).toException();
    }
}
