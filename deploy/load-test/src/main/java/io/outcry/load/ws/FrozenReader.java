package io.outcry.load.ws;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Follows all that one symbol has, and takes none of it. For one thread. */
public final class FrozenReader implements AutoCloseable {
    private static final int SMALL_BUFFER = 4_096;

    private final Socket socket = new Socket();

    public FrozenReader(URI replica, String symbol) throws IOException {
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(new InetSocketAddress(replica.getHost(), replica.getPort()));
        socket.getOutputStream().write(Frames.handshake(replica));
        byte[] text = subscriptionOf(symbol).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(text.length + Frames.MOST_HEADER_BYTES);
        Frames.text(text, frame);
        socket.getOutputStream().write(Arrays.copyOf(frame.array(), frame.position()));
    }

    private static String subscriptionOf(String symbol) {
        return """
                {"op":"subscribe","channels":["book:%1$s","trades:%1$s","ticker:%1$s","candles:%1$s:1m","candles:%1$s:5m","candles:%1$s:1h"]}"""
                .formatted(symbol);
    }

    /** Whether the server has ended the connection: what it had sent before is read now. */
    public boolean cut(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[64 * 1024];
        long endNanos = System.nanoTime() + patience.toNanos();
        try {
            while (System.nanoTime() < endNanos) {
                if (in.read(bytes) < 0) {
                    return true;
                }
            }
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // Reset by the server.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
