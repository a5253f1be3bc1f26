package io.outcry.api.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/** By Javalin: reading and writing may block. */
final class ServletWire implements Wire {
    private final Context context;
    private final BodyReader bodies;
    private final Executor workers;
    private boolean bodyRead;

    /**
     * @param workers threads that may wait, on which what comes later is answered
     */
    ServletWire(Context context, BodyReader bodies, Executor workers) {
        this.context = context;
        this.bodies = bodies;
        this.workers = workers;
    }

    @Override
    public @Nullable String header(String name) {
        return context.req().getHeader(name);
    }

    @Override
    public byte[] body() throws IOException {
        bodyRead = true;
        return bodies.read(context.req());
    }

    @Override
    public String method() {
        return context.req().getMethod();
    }

    @Override
    public String target() {
        String query = context.req().getQueryString();
        String path = context.req().getRequestURI();
        return query == null ? path : path + "?" + query;
    }

    @Override
    public String peerAddress() {
        return context.req().getRemoteAddr();
    }

    @Override
    public String pathParameter(String name) {
        return context.pathParam(name);
    }

    @Override
    public Map<String, List<String>> query() {
        return context.req().getQueryString() == null ? Map.of() : context.queryParamMap();
    }

    @Override
    public void addHeader(String name, String value) {
        context.res().setHeader(name, value);
    }

    @Override
    public void removeHeader(String name) {
        // Jetty takes null for that.
        context.res().setHeader(name, null);
    }

    @Override
    public <T> CompletableFuture<T> resumed(CompletableFuture<T> work) {
        return work.whenCompleteAsync((value, failure) -> {}, workers);
    }

    @Override
    public void answer(int status, String contentType, byte[] body) throws IOException {
        HttpServletResponse response = context.res();
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        if (!bodyRead && hasBody()) {
            response.setHeader("Connection", "close");
        }
        response.getOutputStream().write(body);
    }

    @Override
    public void answerNotModified() throws IOException {
        context.res().setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        context.res().flushBuffer();
    }

    /**
     * A connection whose request was not read to its end cannot take another, and is ended after
     * the answer: a client that was not told would send its next request into that.
     */
    private boolean hasBody() {
        return context.req().getContentLengthLong() > 0
                || context.req().getHeader("Transfer-Encoding") != null;
    }

    @Override
    public void stream(String contentType, Exchange.Streamed body) throws IOException {
        HttpServletResponse response = context.res();
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(contentType);
        try {
            body.writeTo(response.getOutputStream());
        } catch (IOException | RuntimeException e) {
            if (response.isCommitted()) {
                breakOff();
            } else {
                response.resetBuffer();
            }
            throw e;
        }
    }

    /** Without the last chunk no client takes what it has for the whole. */
    private void breakOff() {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    @Override
    public boolean answered() {
        return context.res().isCommitted();
    }

    @Override
    public int status() {
        return context.res().getStatus();
    }
}
