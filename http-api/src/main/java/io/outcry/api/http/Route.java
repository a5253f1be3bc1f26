package io.outcry.api.http;

import io.javalin.http.HandlerType;

/**
 * One thing that can be asked of the server.
 *
 * @param path with parameters in braces
 * @param direct whether it is answered on the thread that reads the connection: then its action
 *     must not block, and its path has at most one parameter
 * @param maxBodyBytes of a request; 0: what the server takes elsewhere
 */
public record Route(
        HandlerType method,
        String path,
        Access access,
        Action action,
        boolean direct,
        int maxBodyBytes) {

    /** Who may take a route, and when. */
    public enum Access {
        /** Anyone, at any time: probes. */
        PROBE,
        /** Anyone, once the server has started. */
        PUBLIC,
        /** Whoever may read the account. */
        READ,
        /** Whoever may trade for the account. */
        TRADE,
        /** Whoever may do anything at all for the account. */
        ANY,
        /** Whoever has signed in, which an API key has not. */
        SESSION,
        /** Whoever runs the venue. */
        ADMIN
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Action {
        void answer(Exchange exchange) throws Exception;
    }

    public static Route get(String path, Access access, Action action) {
        return of(HandlerType.GET, path, access, action);
    }

    public static Route post(String path, Access access, Action action) {
        return of(HandlerType.POST, path, access, action);
    }

    public static Route patch(String path, Access access, Action action) {
        return of(HandlerType.PATCH, path, access, action);
    }

    public static Route delete(String path, Access access, Action action) {
        return of(HandlerType.DELETE, path, access, action);
    }

    private static Route of(HandlerType method, String path, Access access, Action action) {
        return new Route(method, path, access, action, false, 0);
    }

    /** This route, for an action that never blocks. */
    public Route answeredDirectly() {
        return new Route(method, path, access, action, true, maxBodyBytes);
    }

    /** This route, for bodies of another size. */
    public Route withBodiesUpTo(int bytes) {
        return new Route(method, path, access, action, direct, bytes);
    }

    /** The method and path as metrics name them. */
    public String name() {
        return method + " " + path;
    }
}
