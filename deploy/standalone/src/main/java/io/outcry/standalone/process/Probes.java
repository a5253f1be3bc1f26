package io.outcry.standalone.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Probes of protocols that need no client library. */
public final class Probes {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "+PONG".getBytes(StandardCharsets.US_ASCII);

    private Probes() {}

    /** Ready when a connection is accepted. */
    public static Probe tcp(InetSocketAddress address) {
        return () -> {
            try {
                connect(address).close();
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of(describe(e));
            }
        };
    }

    /** Ready when Redis answers a PING. */
    public static Probe redis(InetSocketAddress address) {
        return () -> {
            try (Socket socket = connect(address)) {
                socket.getOutputStream().write(PING);
                InputStream answer = socket.getInputStream();
                byte[] start = answer.readNBytes(PONG.length);
                return Arrays.equals(start, PONG)
                        ? Optional.empty()
                        : Optional.of(
                                "PING was answered with "
                                        + new String(start, StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return Optional.of(describe(e));
            }
        };
    }

    /**
     * Ready when a GET is answered with 200 and, unless {@code body} is empty, with exactly that
     * text.
     */
    public static Probe http(HttpClient client, URI uri, String body) {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
        return () -> {
            try {
                HttpResponse<String> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofString());
                boolean expected = body.isEmpty() || answer.body().strip().equals(body);
                return answer.statusCode() == 200 && expected
                        ? Optional.empty()
                        : Optional.of("GET " + uri + " was answered with " + answer.statusCode());
            } catch (IOException e) {
                return Optional.of("GET " + uri + ": " + describe(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("interrupted");
            }
        };
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout((int) LIMIT.toMillis());
        try {
            socket.connect(address, (int) LIMIT.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static String describe(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
