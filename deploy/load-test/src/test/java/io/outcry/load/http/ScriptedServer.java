package io.outcry.load.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does on each connection, one after the other, just what a test says. */
final class ScriptedServer implements AutoCloseable {
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** What happens on one connection, which is closed afterwards. */
    interface Script {
        void run(Socket connection) throws IOException;
    }

    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();

    /** The scripts are run in turn, the last one for every further connection. */
    ScriptedServer(Script... scripts) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(scripts), "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Connections made so far. */
    int connections() {
        return connections.get();
    }

    /** Answers every request on a connection with the same bytes, until the client leaves. */
    static Script always(String answer) {
        return connection -> {
            while (readRequest(connection)) {
                write(connection, answer);
            }
        };
    }

    /** Answers one request and closes. */
    static Script once(String answer) {
        return connection -> {
            readRequest(connection);
            write(connection, answer);
        };
    }

    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads a head and the body that it announces; false when the client has left. */
    static boolean readRequest(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        int length = head.indexOf("Content-Length: ");
        if (length >= 0) {
            int from = length + "Content-Length: ".length();
            in.readNBytes(Integer.parseInt(head.substring(from, head.indexOf("\r\n", from))));
        }
        return true;
    }

    private void serve(Script[] scripts) {
        for (int next = 0; !listener.isClosed(); next++) {
            try (Socket connection = listener.accept()) {
                connections.incrementAndGet();
                scripts[Math.min(next, scripts.length - 1)].run(connection);
            } catch (IOException e) {
                // The client broke the connection off, or the test is over.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
