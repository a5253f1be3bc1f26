package io.outcry.api.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error answer, after RFC 9457.
 *
 * @param detail one sentence for the person who reads it; never internals
 * @param errors the fields that are to blame, may be empty
 * @param retryAfter when a repetition makes sense; null: says nothing, which no 503 does
 * @param extensions further members, such as the client order id of an unknown outcome
 */
public record Problem(
        ErrorCode code,
        String detail,
        List<FieldError> errors,
        @Nullable Duration retryAfter,
        Map<String, String> extensions) {

    private static final int UNAVAILABLE = 503;
    private static final Duration SOON = Duration.ofSeconds(1);

    public Problem {
        retryAfter = retryAfter == null && code.status() == UNAVAILABLE ? SOON : retryAfter;
        errors = List.copyOf(errors);
    }

    /** One field and what is wrong with it. */
    public record FieldError(String field, String reason) {}

    public static Problem of(ErrorCode code, String detail) {
        return new Problem(code, detail, List.of(), null, Map.of());
    }

    /** A problem with one field; the detail is made of both. */
    public static Problem ofField(ErrorCode code, String field, String reason) {
        return of(code, field + " " + reason).withErrors(List.of(new FieldError(field, reason)));
    }

    public Problem withErrors(List<FieldError> fieldErrors) {
        return new Problem(code, detail, fieldErrors, retryAfter, extensions);
    }

    public Problem withRetryAfter(Duration delay) {
        return new Problem(code, detail, errors, delay, extensions);
    }

    public Problem with(String member, @Nullable String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(extensions);
        more.put(member, value);
        return new Problem(code, detail, errors, retryAfter, more);
    }

    public ProblemException toException() {
        return new ProblemException(this);
    }
}
