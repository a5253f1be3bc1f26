package io.outcry.api.http;

import io.javalin.http.Context;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.json.Json;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. For one thread at a time: the request's, or the one that completes
 * what was passed to {@link #answerLater}.
 */
public final class Exchange {
    private static final String JSON = "application/json";

    private final Context context;
    private final BodyReader bodies;
    private @Nullable Caller caller;
    private @Nullable CompletableFuture<?> later;

    Exchange(Context context, BodyReader bodies) {
        this.context = context;
        this.bodies = bodies;
    }

    void authenticated(Caller signedIn) {
        caller = signedIn;
    }

    /** Who asks; only on routes for who is signed in. */
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("the route is open to anyone");
        }
        return caller;
    }

    @Nullable String header(String name) {
        return context.req().getHeader(name);
    }

    /**
     * The body, which must be one JSON object of these members.
     *
     * @throws ProblemException UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, MALFORMED_JSON
     */
    public FlatObject body(Fields fields) throws IOException {
        return FlatObject.parse(bodies.read(context.req()), fields);
    }

    /** A parameter of the route's path. */
    public String pathParameter(String name) {
        return context.pathParam(name);
    }

    /**
     * The query's parameters.
     *
     * @throws ProblemException INVALID_FIELD when one is not among the known, or is repeated
     */
    public QueryParameters query(Set<String> known) {
        Map<String, List<String>> given =
                context.req().getQueryString() == null ? Map.of() : context.queryParamMap();
        return QueryParameters.of(given, known);
    }

    /** Adds a header to the answer. */
    public void addHeader(String name, String value) {
        context.res().setHeader(name, value);
    }

    /** Answers with a JSON value. */
    public void answer(int status, Json.Body body) throws IOException {
        write(status, JSON, Json.bytes(body));
    }

    /** Answers with bytes of another type. */
    public void answer(int status, String contentType, byte[] bytes) throws IOException {
        write(status, contentType, bytes);
    }

    void answer(Problem problem, String requestId) throws IOException {
        HttpServletResponse response = context.res();
        response.setHeader("X-Request-Id", requestId);
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
            response.setHeader("Retry-After", Long.toString(seconds));
        }
        if (problem.code().status() == 401) {
            response.setHeader("WWW-Authenticate", challenge(problem.code()));
        }
        byte[] bytes = ProblemJson.bytes(problem, requestId);
        write(problem.code().status(), ProblemJson.CONTENT_TYPE, bytes);
    }

    private static String challenge(ErrorCode code) {
        return code == ErrorCode.UNAUTHENTICATED
                ? "Bearer realm=\"outcry\", error=\"invalid_token\""
                : "Bearer realm=\"outcry\"";
    }

    private void write(int status, String contentType, byte[] bytes) throws IOException {
        HttpServletResponse response = context.res();
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Leaves the request's thread; the request is answered when the future is complete. */
    public void answerLater(CompletableFuture<?> work) {
        later = work;
    }

    @Nullable CompletableFuture<?> later() {
        return later;
    }

    boolean answered() {
        return context.res().isCommitted();
    }

    /** What was set as the answer's status. */
    int status() {
        return context.res().getStatus();
    }
}
