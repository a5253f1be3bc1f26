package io.outcry.load.slow;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection that takes its time, and comes back whenever the server has had enough of it. For
 * one thread.
 */
final class SlowClient {
    private static final int SMALL_BUFFER = 4_096;
    private static final int HTTP_PORT = 80;
    private static final int ANSWERS_ASKED_FOR = 20;

    /** What is slow. */
    enum Kind {
        HEADERS("a"),
        BODY(" "),
        /** What it sends is not taken while answers wait for it, and shows when it was cut off. */
        READ("\n");

        /** What it sends each time. */
        private final String drop;

        Kind(String drop) {
            this.drop = drop;
        }
    }

    private final URI target;
    private final @Nullable InetAddress from;
    private final Kind kind;
    private final byte[] beginning;
    private final byte[] drop;
    private final ByteBuffer input = ByteBuffer.allocate(256);
    private @Nullable SocketChannel channel;

    SlowClient(URI target, @Nullable InetAddress from, Kind kind, String token) {
        this.target = target;
        this.from = from;
        this.kind = kind;
        drop = kind.drop.getBytes(StandardCharsets.US_ASCII);
        beginning = beginning(target, kind, token).getBytes(StandardCharsets.US_ASCII);
    }

    private static String beginning(URI target, Kind kind, String token) {
        String host = " HTTP/1.1\r\nHost: " + target.getRawAuthority() + "\r\n";
        return switch (kind) {
            case HEADERS -> "GET /api/instruments" + host + "X-Slow: ";
            case BODY ->
                    "POST /api/orders"
                            + host
                            + "Authorization: Bearer "
                            + token
                            + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
            case READ -> ("GET /openapi.json" + host + "\r\n").repeat(ANSWERS_ASKED_FOR);
        };
    }

    /** Connects, unless the server refuses. */
    void open() {
        try {
            channel = connect();
        } catch (IOException e) {
            // The next turn tries again.
            close();
        }
    }

    /**
     * Sends a byte more. Needs a connection.
     *
     * @return whether the server had ended the connection
     */
    boolean go() {
        SocketChannel open = Objects.requireNonNull(channel);
        try {
            // A slow reader reads nothing; the others look whether they were answered.
            boolean ended =
                    (kind != Kind.READ && open.read(input.clear()) != 0)
                            || open.write(ByteBuffer.wrap(drop)) < 0;
            if (!ended) {
                return false;
            }
        } catch (IOException e) {
            // Reset: a later turn connects anew.
        }
        close();
        return true;
    }

    private SocketChannel connect() throws IOException {
        SocketChannel made = SocketChannel.open();
        try {
            made.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
            if (from != null) {
                made.bind(new InetSocketAddress(from, 0));
            }
            int port = target.getPort() < 0 ? HTTP_PORT : target.getPort();
            made.connect(new InetSocketAddress(target.getHost(), port));
            made.configureBlocking(false);
            int unused = made.write(ByteBuffer.wrap(beginning));
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    boolean connected() {
        return channel != null;
    }

    void close() {
        SocketChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new IllegalStateException("cannot close a connection", e);
            }
        }
    }
}
