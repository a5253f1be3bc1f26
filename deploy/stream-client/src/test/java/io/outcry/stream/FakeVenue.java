package io.outcry.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** A venue's WebSocket on a free port that answers each request as it is told to. */
final class FakeVenue implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCEPTS = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int CLOSE = 8;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Function<JsonNode, List<String>> answers;

    FakeVenue(Function<JsonNode, List<String>> answers) throws IOException {
        this.answers = answers;
        start(this::accept);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/ws");
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "fake-venue");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            client.getOutputStream().write(welcome(head(in)).getBytes(UTF_8));
            while (true) {
                for (String answer : answers.apply(JSON.readTree(frame(in)))) {
                    client.getOutputStream().write(frame(answer));
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static String welcome(String head) {
        String key =
                head.lines()
                        .filter(
                                line ->
                                        line.toLowerCase(java.util.Locale.ROOT)
                                                .startsWith("sec-websocket-key:"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElseThrow();
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((key + ACCEPTS).getBytes(UTF_8));
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                    + Base64.getEncoder().encodeToString(hash)
                    + "\r\n\r\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of a client's frame, which is masked and less than 64 KiB long. */
    private static byte[] frame(DataInputStream in) throws IOException {
        if ((in.readUnsignedByte() & 15) == CLOSE) {
            throw new IOException("closed");
        }
        int length = in.readUnsignedByte() & 127;
        byte[] mask = new byte[4];
        byte[] text = new byte[length == 126 ? in.readUnsignedShort() : length];
        in.readFully(mask);
        in.readFully(text);
        for (int i = 0; i < text.length; i++) {
            text[i] ^= mask[i % 4];
        }
        return text;
    }

    /** A frame of a text with fewer than 126 letters. */
    private static byte[] frame(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return ByteBuffer.allocate(bytes.length + 2)
                .put((byte) 0x81)
                .put((byte) bytes.length)
                .put(bytes)
                .array();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
