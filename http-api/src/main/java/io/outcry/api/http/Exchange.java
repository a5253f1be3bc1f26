package io.outcry.api.http;

import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.json.FlatObjects;
import io.outcry.api.json.Json;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. For one thread at a time: the request's, or the one that completes
 * what was passed to {@link #answerLater}.
 */
public final class Exchange {
    private static final String JSON = "application/json";

    private final Wire wire;
    private byte @Nullable [] received;
    private @Nullable String requestId;
    private @Nullable Caller caller;
    private @Nullable RouteLimit limit;
    private @Nullable CompletableFuture<?> later;
    private final List<String> ofContent = new ArrayList<>();

    Exchange(Wire wire) {
        this.wire = wire;
    }

    void authenticated(Caller signedIn) {
        caller = signedIn;
    }

    void limited(RouteLimit counting) {
        limit = counting;
    }

    /**
     * Counts an account's request as many.
     *
     * @param member of its body that holds as many objects
     * @throws ProblemException RATE_LIMITED; INVALID_FIELD when the limit never lets so many
     *     through
     */
    public void countAs(long uses, String member) {
        if (limit != null && uses > 1) {
            limit.admitMore(this, member, uses - 1);
        }
    }

    /** Who asks; only on routes for who is signed in. */
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("the route is open to anyone");
        }
        return caller;
    }

    /** A header of the request, null when absent. */
    public @Nullable String header(String name) {
        return wire.header(name);
    }

    public String method() {
        return wire.method();
    }

    /** The path with the query, as they were sent. */
    public String target() {
        return wire.target();
    }

    /** Of who has opened the connection: the client or a proxy. */
    public String peerAddress() {
        return wire.peerAddress();
    }

    /** Names the request in answers and logs. */
    public String requestId() {
        if (requestId == null) {
            requestId = RequestId.of(wire.header(RequestId.HEADER));
        }
        return requestId;
    }

    /**
     * The body as it was sent.
     *
     * @throws ProblemException PAYLOAD_TOO_LARGE
     */
    public byte[] bytes() throws IOException {
        if (received == null) {
            received = wire.body();
        }
        return received;
    }

    /**
     * The body, which must be one JSON object of these members.
     *
     * @throws ProblemException UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, MALFORMED_JSON
     */
    public FlatObject body(Fields fields) throws IOException {
        JsonContentType.require(wire.header("Content-Type"));
        return FlatObject.parse(bytes(), fields);
    }

    /**
     * The body, which must be one JSON object with one member, an array of objects of these.
     *
     * @throws ProblemException UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, MALFORMED_JSON,
     *     INVALID_FIELD
     */
    public List<FlatObject> bodies(String member, Fields fields, int most) throws IOException {
        JsonContentType.require(wire.header("Content-Type"));
        return FlatObjects.parse(bytes(), member, fields, most);
    }

    /** A parameter of the route's path. */
    public String pathParameter(String name) {
        return wire.pathParameter(name);
    }

    /**
     * The query's parameters.
     *
     * @throws ProblemException INVALID_FIELD when one is not among the known, or is repeated
     */
    public QueryParameters query(Set<String> known) {
        return QueryParameters.of(wire.query(), known);
    }

    /** Adds a header to the answer. */
    public void addHeader(String name, String value) {
        wire.addHeader(name, value);
    }

    /** Adds headers that tell of what is answered, and mean nothing with a problem. */
    public void addContentHeaders(Map<String, String> headers) {
        headers.forEach(wire::addHeader);
        ofContent.addAll(headers.keySet());
    }

    /** Answers with what was made, and with the path at which it is from now on. */
    public void answerCreated(String location, Json.Body body) throws IOException {
        addContentHeaders(Map.of("Location", location));
        answer(HttpStatus.CREATED_201, body);
    }

    /** Answers with a JSON value. */
    public void answer(int status, Json.Body body) throws IOException {
        wire.answer(status, JSON, Json.bytes(body));
    }

    /** Answers with bytes of another type. */
    public void answer(int status, String contentType, byte[] bytes) throws IOException {
        wire.answer(status, contentType, bytes);
    }

    /** Answers that the client has what it asks for. */
    public void answerNotModified() throws IOException {
        wire.answerNotModified();
    }

    /**
     * Answers with bytes that are sent while they are made. When that fails after the first have
     * gone, the connection is broken off, so that no part passes for the whole.
     */
    public void stream(String contentType, Streamed body) throws IOException {
        wire.stream(contentType, body);
    }

    /** Makes an answer's bytes. */
    @FunctionalInterface
    public interface Streamed {
        void writeTo(OutputStream out) throws IOException;
    }

    void answer(Problem problem) throws IOException {
        ofContent.forEach(wire::removeHeader);
        wire.addHeader(RequestId.HEADER, requestId());
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
            wire.addHeader("Retry-After", Long.toString(seconds));
        }
        if (problem.code().status() == 401) {
            wire.addHeader("WWW-Authenticate", challenge(problem.code()));
        }
        byte[] bytes = ProblemJson.bytes(problem, requestId());
        wire.answer(problem.code().status(), ProblemJson.CONTENT_TYPE, bytes);
    }

    private static String challenge(ErrorCode code) {
        return code == ErrorCode.UNAUTHENTICATED
                ? "Bearer realm=\"outcry\", error=\"invalid_token\""
                : "Bearer realm=\"outcry\"";
    }

    /** Leaves the request's thread; the request is answered when the future is complete. */
    public void answerLater(CompletableFuture<?> work) {
        later = work;
    }

    /**
     * Answers by that action with what work brings, on the thread that completes it if writing
     * never blocks here.
     */
    public <T> void answerLater(CompletableFuture<T> work, Answer<T> answer) {
        later =
                wire.resumed(work)
                        .thenAccept(
                                value -> {
                                    try {
                                        answer.with(value);
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                });
    }

    /** Makes an answer of a value. */
    @FunctionalInterface
    public interface Answer<T> {
        void with(T value) throws IOException;
    }

    @Nullable CompletableFuture<?> later() {
        return later;
    }

    boolean answered() {
        return wire.answered();
    }

    /** What was set as the answer's status. */
    int status() {
        return wire.status();
    }
}
