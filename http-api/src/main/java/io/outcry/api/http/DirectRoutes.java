package io.outcry.api.http;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Answers the routes that never block on the thread that reads their connection, which saves every
 * order two changes of thread; sends all else on to threads that may block. Nothing waits here: a
 * body that is not there yet is awaited by callback, and answers are written as the client takes
 * them. Safe for use by many threads.
 */
final class DirectRoutes extends Handler.Wrapper {
    private static final String SIGNING_KEY = "Outcry-Key";

    private final Map<String, DirectPaths> pathsByMethod;
    private final int maxBodyBytes;
    private final Executor blocking;
    private final Lock answering;

    /**
     * @param maxBodyBytes of routes that have no limit of their own; longer bodies, and those of
     *     unannounced length, take the other way
     * @param blocking runs what may block; refuses what is too much
     * @param answering held while an answer is written
     */
    DirectRoutes(
            Handler next,
            Map<String, DirectPaths> pathsByMethod,
            int maxBodyBytes,
            Executor blocking,
            Lock answering) {
        super(next);
        this.pathsByMethod = pathsByMethod;
        this.maxBodyBytes = maxBodyBytes;
        this.blocking = blocking;
        this.answering = answering;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        DirectPaths.Match match = signed(request) ? null : match(request);
        if (match == null) {
            sendOn(request, response, callback);
            return true;
        }
        int most = maxBodyBytes(match.gate());
        long length = length(request);
        if (length < 0 || length > most) {
            sendOn(request, response, callback);
        } else {
            Content.Source.asByteArrayAsync(
                    request, most, new Whole(match, request, response, callback, answering));
        }
        return true;
    }

    private int maxBodyBytes(Gate gate) {
        int own = gate.route().maxBodyBytes();
        return own == 0 ? maxBodyBytes : own;
    }

    /** Of the body; below 0: not announced. */
    private static long length(Request request) {
        long announced = request.getLength();
        boolean none =
                announced < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        return none ? 0 : announced;
    }

    /** Checking a signature takes long, and may ask the database for its key. */
    private static boolean signed(Request request) {
        return request.getHeaders().contains(SIGNING_KEY);
    }

    private DirectPaths.@Nullable Match match(Request request) {
        DirectPaths paths = pathsByMethod.get(request.getMethod());
        return paths == null ? null : paths.find(Request.getPathInContext(request));
    }

    private void sendOn(Request request, Response response, Callback callback) {
        try {
            blocking.execute(() -> handleBlocking(request, response, callback));
        } catch (RejectedExecutionException e) {
            // Without the cause, which Jetty would log each time, just when there is too much to
            // do.
            Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
        }
    }

    private void handleBlocking(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable failure) {
            Response.writeError(request, response, callback, failure);
        }
    }

    /** Goes on when the body is there. */
    private record Whole(
            DirectPaths.Match match,
            Request request,
            Response response,
            Callback callback,
            Lock answering)
            implements Promise.Invocable<byte[]> {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // What completes it is the answer.
        public void succeeded(byte[] body) {
            match.gate()
                    .handle(
                            new Exchange(
                                    new DirectWire(
                                            request,
                                            response,
                                            callback,
                                            match.parameter(),
                                            body,
                                            answering)));
        }

        @Override
        public void failed(Throwable failure) {
            callback.failed(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
