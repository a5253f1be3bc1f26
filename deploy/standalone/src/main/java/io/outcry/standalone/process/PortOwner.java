package io.outcry.standalone.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out whether a local TCP port can be listened on and, if not, which process has it. */
public final class PortOwner {
    private static final String LISTENING = "0A";
    private static final Duration POLL = Duration.ofMillis(20);

    private PortOwner() {}

    public static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /**
     * Waits until the port can be listened on. The threads of a process that was killed end one by
     * one: its first may be gone, and its name with it, while another still holds the port.
     *
     * @return false when it could not within the limit
     */
    public static boolean becomesFree(InetSocketAddress address, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!isFree(address)) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    /** Name and id of a process that listens on the port; empty when we may not see it. */
    public static Optional<String> describe(int port) {
        try {
            Set<String> sockets = listeningSockets(port);
            try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                return processes
                        .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                        .filter(process -> holdsOneOf(process, sockets))
                        .findFirst()
                        .map(PortOwner::name);
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Links as /proc/PID/fd shows them. */
    private static Set<String> listeningSockets(int port) throws IOException {
        String suffix = String.format(":%04X", port);
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
        lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
        return lines.stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields[1].endsWith(suffix) && fields[3].equals(LISTENING))
                .map(fields -> "socket:[" + fields[9] + "]")
                .collect(Collectors.toSet());
    }

    private static boolean holdsOneOf(Path process, Set<String> sockets) {
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    private static String name(Path process) {
        String pid = process.getFileName().toString();
        try {
            return Files.readString(process.resolve("comm")).strip() + ", process " + pid;
        } catch (IOException gone) {
            return "process " + pid;
        }
    }
}
