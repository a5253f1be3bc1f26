package io.outcry.load.bare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports for child processes that cannot choose one themselves. */
public final class FreePort {
    private FreePort() {}

    /** A port of 127.0.0.1 that was free a moment ago. */
    public static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
