package io.outcry.api.http;

import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses methods that no route has, before the router, which would remember each new one. */
final class KnownMethods extends Handler.Wrapper {
    /** What a route may take; which of them each takes, only the router knows. */
    static final String OF_ROUTES = "GET, HEAD, POST, PATCH, DELETE";

    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (KNOWN.contains(request.getMethod())) {
            return super.handle(request, response, callback);
        }
        Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
        return true;
    }
}
