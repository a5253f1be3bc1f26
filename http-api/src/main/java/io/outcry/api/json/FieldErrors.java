package io.outcry.api.json;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a request's fields, so that all of it is told at once. */
public final class FieldErrors {
    private static final int MAX_ERRORS = 16;

    private final List<FieldError> errors = new ArrayList<>(0);

    /** Notes an error; past a bound no more is noted. */
    public void add(String field, String reason) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(new FieldError(field, reason));
        }
    }

    /**
     * Ends the collecting.
     *
     * @throws io.outcry.api.problem.ProblemException INVALID_FIELD with all errors, if there are
     */
    public void throwIfAny() {
        if (errors.isEmpty()) {
            return;
        }
        FieldError first = errors.get(0);
        String detail = first.field() + " " + first.reason();
        int more = errors.size() - 1;
        throw Problem.of(
                        ErrorCode.INVALID_FIELD,
                        more == 0 ? detail : detail + ", and " + more + " more")
                .withErrors(errors)
                .toException();
    }
}
