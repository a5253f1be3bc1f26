package io.outcry.api.http;

import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Stands where Javalin insists on sessions, which this API has none of: it looks for no cookie. */
final class NoSessions extends SessionHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        // Upgrades to WebSocket ask for one that there may be.
        Request.as(request, ServletContextRequest.class)
                .setRequestedSession(RequestedSession.NO_REQUESTED_SESSION);
        Handler next = getHandler();
        return next != null && next.handle(request, response, callback);
    }
}
