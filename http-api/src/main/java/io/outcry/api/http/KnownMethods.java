package io.outcry.api.http;

import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses methods that no route has, before the router, which would remember each new one; and has
 * it take the method that was sent.
 */
final class KnownMethods extends Handler.Wrapper {
    /** What a route may take; which of them each takes, only the router knows. */
    static final String OF_ROUTES = "GET, HEAD, POST, PATCH, DELETE";

    private static final String OVERRIDE = "X-HTTP-Method-Override";

    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (KNOWN.contains(request.getMethod())) {
            return super.handle(asSent(request), response, callback);
        }
        Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
        return true;
    }

    /**
     * The router would take the method that a header names. Neither a signature nor the proxy,
     * which repeats a GET, knows of that.
     */
    private static Request asSent(Request request) {
        return request.getHeaders().contains(OVERRIDE) ? new WithoutOverride(request) : request;
    }

    private static final class WithoutOverride extends Request.Wrapper {
        private final HttpFields headers;

        WithoutOverride(Request request) {
            super(request);
            headers = HttpFields.build(request.getHeaders()).remove(OVERRIDE).asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
