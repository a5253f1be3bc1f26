package io.outcry.standalone.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Takes a replica's place before nginx: notes each request, and answers all alike, or with nothing
 * but the connection's end. One request a connection. A thread for each connection.
 */
final class RawReplica implements AutoCloseable {
    /** Ends the connection instead of an answer. */
    static final String NO_ANSWER = "";

    private static final String END_OF_HEAD = "\r\n\r\n";

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final String answer;
    private final CountDownLatch turn;

    RawReplica(String answer) throws IOException {
        this(answer, new CountDownLatch(0));
    }

    /** Answers once its turn has come. */
    RawReplica(String answer, CountDownLatch turn) throws IOException {
        this.answer = answer;
        this.turn = turn;
        Thread thread = new Thread(this::accept, "replica");
        thread.setDaemon(true);
        thread.start();
    }

    static String ok(String body) {
        return response("200 OK", body);
    }

    static String response(String status, String body) {
        return "HTTP/1.1 "
                + status
                + "\r\nConnection: close\r\nContent-Length: "
                + body.length()
                + END_OF_HEAD
                + body;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    /** The heads of the requests that came, in order. */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                new Thread(() -> serve(client), "replica-connection").start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            requests.add(readHead(client.getInputStream()));
            turn.await();
            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String readHead(InputStream in) throws IOException {
        InputStream buffered = new BufferedInputStream(in);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int next;
        while ((next = buffered.read()) >= 0) {
            head.write(next);
            if (head.toString(StandardCharsets.UTF_8).endsWith(END_OF_HEAD)) {
                break;
            }
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
