package io.outcry.api.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** By Jetty itself, with the body already there: nothing blocks. */
final class DirectWire implements Wire {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final @Nullable String parameter;
    private final byte[] body;
    private final Lock answering;
    private boolean answered;

    /**
     * @param parameter the path's only one; null: it has none
     * @param answering held while the answer is written
     */
    DirectWire(
            Request request,
            Response response,
            Callback callback,
            @Nullable String parameter,
            byte[] body,
            Lock answering) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.parameter = parameter;
        this.body = body;
        this.answering = answering;
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String target() {
        return request.getHttpURI().getPathQuery();
    }

    @Override
    public String peerAddress() {
        return Request.getRemoteAddr(request);
    }

    @Override
    public String pathParameter(String name) {
        if (parameter == null) {
            throw new IllegalArgumentException("the path has no parameter " + name);
        }
        return parameter;
    }

    @Override
    public Map<String, List<String>> query() {
        return Request.extractQueryParameters(request).toMultiMap();
    }

    @Override
    public void addHeader(String name, String value) {
        response.getHeaders().put(name, value);
    }

    @Override
    public void removeHeader(String name) {
        response.getHeaders().remove(name);
    }

    @Override
    public <T> CompletableFuture<T> resumed(CompletableFuture<T> work) {
        return work;
    }

    @Override
    public void answer(int status, String contentType, byte[] content) {
        answered = true;
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
        write(ByteBuffer.wrap(content));
    }

    @Override
    public void answerNotModified() {
        answered = true;
        response.setStatus(HttpStatus.NOT_MODIFIED_304);
        write(null);
    }

    private void write(@Nullable ByteBuffer content) {
        answering.lock();
        try {
            response.write(true, content, callback);
        } finally {
            answering.unlock();
        }
    }

    @Override
    public boolean answered() {
        return answered;
    }

    @Override
    public int status() {
        return response.getStatus();
    }
}
