package io.outcry.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Ports of 127.0.0.1 for servers that a test starts.
 *
 * <p>They lie below the range from which the kernel takes the local ports of outgoing connections
 * (32768 and up on Linux): a port chosen there may belong to somebody's connection by the time the
 * server starts, or starts again. None is given twice by one process.
 *
 * <p>Thread-safe.
 */
public final class FreePorts {
    private static final int LOWEST = 10_000;
    private static final int COUNT = 22_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePorts() {}

    /** A port that was free a moment ago. */
    public static int one() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + LOWEST + " on");
    }

    /** So many different ports. */
    public static List<Integer> several(int count) {
        return Stream.generate(FreePorts::one).limit(count).toList();
    }

    /** Whether nobody listens at that port of the loopback address now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
