package io.outcry.api.http;

import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.session.SessionCache;
import org.eclipse.jetty.util.Callback;

/** Stands where Javalin insists on sessions, which this API has none of: no cookie, no memory. */
final class NoSessions extends SessionHandler {
    NoSessions() {
        setUsingCookies(false);
        // Upgrades to WebSocket make one all the same, which must go with its request.
        SessionCache none = new NullSessionCache(this);
        none.setSessionDataStore(new NullSessionDataStore());
        setSessionCache(none);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        // They ask for one that there may be, too.
        Request.as(request, ServletContextRequest.class)
                .setRequestedSession(RequestedSession.NO_REQUESTED_SESSION);
        Handler next = getHandler();
        return next != null && next.handle(request, response, callback);
    }
}
