package io.outcry.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Sends requests that no client library would, byte by byte, and reads what they are answered. Each
 * has a connection of its own. For one thread; its static methods are for any.
 */
public final class RawHttp {
    private static final int PATIENCE_MS = 20_000;
    private static final int IMPATIENCE_MS = 300;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final byte[] received;
    private final boolean toHead;
    private final boolean ended;
    private int at;

    /** An answer; its body is decompressed. */
    public record Answer(int status, HttpHeaders headers, String body) {
        /** The first of that name, or nothing. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /**
     * Reads an answer.
     *
     * @param ended whether the server sends no more
     */
    private RawHttp(byte[] received, boolean toHead, boolean ended) {
        this.received = received;
        this.toHead = toHead;
        this.ended = ended;
    }

    /**
     * Sends the bytes to a server of this machine and waits for its answer; when they are no whole
     * request, it is told soon that no more will come.
     *
     * @return nothing when the server ends the connection without an answer
     * @throws IOException when what comes is not HTTP
     */
    public static Optional<Answer> answer(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(isWhole(request) ? PATIENCE_MS : IMPATIENCE_MS);
            socket.getOutputStream().write(request);
            try {
                return read(socket.getInputStream(), isHead(request));
            } catch (SocketTimeoutException e) {
                socket.setSoTimeout(PATIENCE_MS);
                socket.shutdownOutput();
                return read(socket.getInputStream(), isHead(request));
            }
        }
    }

    /**
     * Whether a request surely has the length that its head says, so that a server waits for no
     * more of it, and takes none of it for another request.
     */
    public static boolean isWhole(byte[] request) {
        String text = new String(request, ISO_8859_1);
        int head = text.indexOf(END_OF_HEAD);
        if (head < 0) {
            return false;
        }
        List<String> framing =
                text.substring(0, head)
                        .toLowerCase(Locale.ROOT)
                        .lines()
                        .filter(line -> line.contains("length") || line.contains("transfer"))
                        .toList();
        int length = text.length() - head - END_OF_HEAD.length();
        return (length == 0 && framing.isEmpty())
                || framing.equals(List.of("content-length: " + length));
    }

    /** Nothing has come before. */
    private static Optional<Answer> read(InputStream in, boolean toHead) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] some = new byte[8_192];
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
            received.write(some, 0, count);
            Optional<Answer> answer = soFar(received.toByteArray(), toHead);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return new RawHttp(received.toByteArray(), toHead, true).answer();
    }

    /** The answer if it has come to its end. */
    private static Optional<Answer> soFar(byte[] received, boolean toHead) throws IOException {
        try {
            return new RawHttp(received, toHead, false).answer();
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private static boolean isHead(byte[] request) {
        return new String(request, ISO_8859_1).startsWith("HEAD ");
    }

    /** The first that is not interim. */
    private Optional<Answer> answer() throws IOException {
        while (at < received.length) {
            Answer answer = next();
            if (answer.status() >= OK || answer.status() == SWITCHING_PROTOCOLS) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private Answer next() throws IOException {
        String first = line();
        Matcher matcher = STATUS_LINE.matcher(first);
        if (!matcher.matches()) {
            throw new IOException("no status line: " + first);
        }
        int status = Integer.parseInt(matcher.group(1));
        HttpHeaders headers = headers();
        return new Answer(status, headers, decoded(headers, body(status, headers)));
    }

    private HttpHeaders headers() throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("no header: " + line);
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private byte[] body(int status, HttpHeaders headers) throws IOException {
        if (status == SWITCHING_PROTOCOLS) {
            at = received.length;
            return new byte[0];
        }
        if (toHead || status < OK || status == NO_CONTENT || status == NOT_MODIFIED) {
            return new byte[0];
        }
        if (headers.firstValue("Transfer-Encoding").isPresent()) {
            return chunks();
        }
        String length = headers.firstValue("Content-Length").orElse("");
        if (length.isEmpty() && !ended) {
            throw new EOFException("the body ends with the connection");
        }
        return take(length.isEmpty() ? received.length - at : Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            whole.write(take(size));
            requireEmptyLine();
        }
        requireEmptyLine();
        return whole.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private void requireEmptyLine() throws IOException {
        String line = line();
        if (!line.isEmpty()) {
            throw new IOException("not the end of a chunk: " + line);
        }
    }

    private byte[] take(int length) throws IOException {
        if (length > received.length - at) {
            throw new EOFException("a body was cut off: " + new String(received, ISO_8859_1));
        }
        byte[] taken = Arrays.copyOfRange(received, at, at + length);
        at += length;
        return taken;
    }

    private String line() throws IOException {
        for (int end = at; end + 1 < received.length; end++) {
            if (received[end] == '\r' && received[end + 1] == '\n') {
                String line = new String(received, at, end - at, ISO_8859_1);
                at = end + 2;
                return line;
            }
        }
        throw new EOFException("a line was cut off: " + new String(received, ISO_8859_1));
    }

    private static String decoded(HttpHeaders headers, byte[] body) throws IOException {
        boolean compressed = headers.firstValue("Content-Encoding").orElse("").equals("gzip");
        if (!compressed || body.length == 0) {
            return new String(body, UTF_8);
        }
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }
}
