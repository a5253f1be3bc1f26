package io.outcry.api;

import io.outcry.domain.instrument.Instrument;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the virtual machine compile an order's way before the first client takes it: sends dry-run
 * orders, which place nothing, through the server's own port to the engine and back, until nothing
 * is left to compile. Without it a server that has just started answers a sixth of what it can. For
 * one thread.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int CONNECTIONS = 8;
    private static final int READ_TIMEOUT_MS = 2_000;
    private static final String LENGTH = "content-length:";

    private final int port;
    private final Duration limit;
    private final BooleanSupplier abandoned;
    private final byte[] request;

    /**
     * @param token of an account that may try orders
     * @param abandoned whether the server stops already
     */
    WarmUp(
            int port,
            String token,
            Instrument instrument,
            Duration limit,
            BooleanSupplier abandoned) {
        this.port = port;
        this.limit = limit;
        this.abandoned = abandoned;
        String body =
                """
                {"symbol":"%s","side":"BUY","order_type":"LIMIT","quantity":"%s","price":"%s"}"""
                        .formatted(
                                instrument.symbol().value(),
                                instrument.quantityScale().format(instrument.lot()),
                                instrument.priceScale().format(instrument.tick()));
        // With the headers that a proxy adds, so that the parser is compiled for requests as they
        // come.
        request =
                """
                POST /api/orders/test HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                User-Agent: warm-up\r
                Accept: application/json\r
                X-Request-Id: 00000000000000000000000000000000\r
                X-Real-IP: 127.0.0.1\r
                X-Forwarded-For: 127.0.0.1\r
                X-Forwarded-Proto: http\r
                \r
                %s"""
                        .formatted(token, body.length(), body)
                        .getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Goes on until nothing is left to compile or the time is up; what fails ends it early and
     * harms nobody.
     */
    void run() {
        long endNanos = System.nanoTime() + limit.toNanos();
        long answers = 0;
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setSoTimeout(READ_TIMEOUT_MS);
                socket.setTcpNoDelay(true);
                sockets.add(socket);
            }
            CompilerActivity compilers = new CompilerActivity();
            while (!compilers.rests()
                    && System.nanoTime() - endNanos < 0
                    && !abandoned.getAsBoolean()) {
                answers += round(sockets);
            }
        } catch (IOException e) {
            LOG.warn("the warm-up ended early: {}", e.getMessage());
        } finally {
            sockets.forEach(WarmUp::close);
        }
        LOG.info("warmed up with {} dry-run orders", answers);
    }

    private int round(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.getOutputStream().write(request);
        }
        for (Socket socket : sockets) {
            skipAnswer(new BufferedInputStream(socket.getInputStream(), 1024));
        }
        return sockets.size();
    }

    private static void skipAnswer(InputStream input) throws IOException {
        int bodyBytes = 0;
        for (String line = line(input); !line.isEmpty(); line = line(input)) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                bodyBytes = Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        input.skipNBytes(bodyBytes);
    }

    private static String line(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a warm-up connection", e);
        }
    }
}
