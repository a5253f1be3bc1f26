package io.outcry.api.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request as it was received and the way back to who sent it. For one thread at a time. */
interface Wire {
    @Nullable String header(String name);

    /**
     * The request's body, of a size that was checked.
     *
     * @throws io.outcry.api.problem.ProblemException PAYLOAD_TOO_LARGE
     */
    byte[] body() throws IOException;

    String method();

    /** The path with the query, as they were sent. */
    String target();

    /** Of who has opened the connection: the client or a proxy. */
    String peerAddress();

    String pathParameter(String name);

    /** The query's parameters by name. */
    Map<String, List<String>> query();

    void addHeader(String name, String value);

    void removeHeader(String name);

    /**
     * The work's result on a thread that may {@link #answer}: whoever completes the work must not
     * wait for a client that reads slowly.
     */
    <T> CompletableFuture<T> resumed(CompletableFuture<T> work);

    /** Sends the answer; at most once. */
    void answer(int status, String contentType, byte[] body) throws IOException;

    /** Sends an answer of status 304, without a body. */
    void answerNotModified() throws IOException;

    /** Sends an answer of status 200 while it is made; only where writing may block. */
    default void stream(String contentType, Exchange.Streamed body) throws IOException {
        throw new IllegalStateException("what is answered directly is not streamed");
    }

    boolean answered();

    /** What was set as the answer's status. */
    int status();
}
