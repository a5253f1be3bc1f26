package io.outcry.api.http;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a server listens: first at a port of its own machine, for probes, and from when it is
 * opened at its address instead. Whoever spreads a load over several servers takes an open port for
 * one that can be sent requests, and what it has sent it cannot send elsewhere. Safe for use by
 * many threads.
 */
final class Doors {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int IDLE_TIMEOUT_MS = 60_000;

    /**
     * Connections that wait to be accepted: as many as a proxy opens at once when thousands ask.
     * One that finds no room is made a second later, for which a proxy takes the server for dead.
     */
    private static final int ACCEPT_QUEUE = 4_096;

    /**
     * What the system keeps for a client who takes nothing, times two: else up to 4 MiB, which
     * 2,000 of them would not have to have here, and which hides for long that a client is frozen.
     */
    private static final int SEND_BUFFER = 128 * 1024;

    /**
     * Longer than a proxy keeps a connection that it does not use (4 s): so it is the proxy that
     * ends it, and none is ended here just when a request comes by it.
     */
    private static final long DRAINED_IDLE_MAX_MS = 6_000;

    private final HttpSettings settings;

    /**
     * Shared by those who write an answer, exclusive for the moment in which connections begin to
     * end. Jetty says "close" in an answer that it begins to write after that moment, and ends a
     * connection whose answer is written by then: one that had begun before it would say that the
     * connection goes on, and the client's next request would meet with nobody.
     */
    private final ReadWriteLock answering = new ReentrantReadWriteLock();

    // Guarded by this; both are there once the server has been made.
    private @Nullable ServerConnector inner;
    private @Nullable ServerConnector outer;
    private boolean opened;
    private boolean ended;

    Doors(HttpSettings settings) {
        this.settings = settings;
    }

    /** Makes both; the server is to begin with the one that is returned. */
    synchronized ServerConnector make(Server server, HttpConfiguration http) {
        outer = connector(server, http, settings.host(), settings.port());
        ServerConnector first = connector(server, http, LOOPBACK, settings.probePort());
        inner = first;
        return first;
    }

    private ServerConnector connector(
            Server server, HttpConfiguration http, String host, int port) {
        http.setIdleTimeout(IDLE_TIMEOUT_MS);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT_MS);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setAcceptedSendBufferSize(SEND_BUFFER);
        connector.addBean(new NetworkConnectionLimit(settings.maxConnections(), connector));
        connector.setShutdownIdleTimeout(
                Math.min(DRAINED_IDLE_MAX_MS, settings.drainTimeout().toMillis() / 2));
        return connector;
    }

    /** From here on everybody is let in, unless connections have been ended already. */
    synchronized void open() {
        ServerConnector last = Objects.requireNonNull(inner);
        ServerConnector next = Objects.requireNonNull(outer);
        if (ended) {
            return;
        }
        try {
            // One after the other: there are threads for one of them.
            last.stop();
            last.getServer().removeConnector(last);
            next.getServer().addConnector(next);
            next.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "cannot listen on %s:%d: %s"
                            .formatted(settings.host(), settings.port(), e.getMessage()),
                    e);
        }
        opened = true;
        LOG.info("listening on {}:{}", settings.host(), next.getLocalPort());
    }

    /** To be held while an answer is written. */
    Lock answering() {
        return answering.readLock();
    }

    /** The port that is listened on. */
    synchronized int port() {
        return Objects.requireNonNull(opened ? outer : inner).getLocalPort();
    }

    /**
     * Takes no new connections, and waits within the drain timeout until those that are open have
     * ended, each after its next answer or a while without a request.
     */
    void end() throws InterruptedException {
        ServerConnector current;
        synchronized (this) {
            ended = true;
            current = opened ? outer : inner;
        }
        if (current == null) {
            return;
        }
        long timeoutMs = settings.drainTimeout().toMillis();
        try {
            beginToEnd(current).get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("connections are still open {} ms after the drain", timeoutMs);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the connector cannot be shut down", e);
        }
    }

    private CompletableFuture<Void> beginToEnd(ServerConnector connector) {
        answering.writeLock().lock();
        try {
            return connector.shutdown();
        } finally {
            answering.writeLock().unlock();
        }
    }
}
