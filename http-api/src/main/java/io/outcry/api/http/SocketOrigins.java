package io.outcry.api.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets pages open WebSockets when they are of this host or of a listed origin; browsers ask nobody
 * before they connect. What is no page names no origin, and passes.
 */
final class SocketOrigins extends Handler.Wrapper {
    private final Set<String> origins;

    SocketOrigins(Handler next, Set<String> origins) {
        super(next);
        this.origins = origins;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin == null
                || !request.getHeaders().contains(HttpHeader.UPGRADE)
                || origins.contains(origin)
                || isOf(origin, Request.getServerName(request))) {
            return super.handle(request, response, callback);
        }
        Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
        return true;
    }

    /** Whatever the port and scheme: a proxy may have others than this server. */
    private static boolean isOf(String origin, String host) {
        try {
            return host.equalsIgnoreCase(new URI(origin).getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
