package io.outcry.api.http;

import org.jspecify.annotations.Nullable;

/** A path at which clients may open WebSockets. */
public record SocketRoute(String path, Door door) {

    /** Takes a client in. */
    @FunctionalInterface
    public interface Door {

        /**
         * A client has connected.
         *
         * @param ticket of the query's parameter of that name; null: none
         * @return who hears what the client does
         */
        Socket.Listener connected(Socket socket, @Nullable String ticket);
    }
}
