package io.outcry.api.ws;

import io.outcry.api.http.Socket;
import io.outcry.api.http.Socket.Order;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one client, within bounds: what waits goes out together, and while that
 * is on its way the others wait for it. Whoever offers never waits. Safe for use by many threads.
 */
final class Outbox {
    static final int MOST_MESSAGES = 1_000;
    static final int MOST_BYTES = 1024 * 1024;

    private final Socket socket;

    // Guarded by this.
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean sending;
    private long sendingSinceNanos;
    private boolean closed;
    private @Nullable Runnable whenSent;
    private boolean ended;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Departure(byte[] message, Order order) {}

    Outbox(Socket socket) {
        this.socket = socket;
    }

    /**
     * Whether it was taken: false when the client is too far behind, or gone. One message may be
     * larger than all that may wait, as the answer to a cancel of thousands of orders. It is sent
     * by the next {@link #send}, or with what is being sent.
     */
    boolean offer(byte[] message) {
        synchronized (this) {
            if (closed
                    || whenSent != null
                    || waiting.size() >= MOST_MESSAGES
                    || (bytes > 0 && bytes + message.length > MOST_BYTES)) {
                return false;
            }
            waiting.add(message);
            bytes += message.length;
            return true;
        }
    }

    /** Sends what waits, unless that is being done. */
    void send() {
        synchronized (this) {
            if (sending || waiting.isEmpty()) {
                return;
            }
            beginToSend();
        }
        sendWaiting();
    }

    /** The clock starts with it, so that nobody passes for stalled who was idle. */
    private synchronized void beginToSend() {
        sending = true;
        sendingSinceNanos = System.nanoTime();
    }

    /** Forgets what waits and takes no more. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        bytes = 0;
    }

    /** Takes no more, and runs that once all that waits is sent, perhaps at once; only once. */
    void finish(Runnable then) {
        synchronized (this) {
            if (whenSent != null) {
                return;
            }
            whenSent = then;
            if (sending) {
                return;
            }
            beginToSend();
        }
        sendWaiting();
    }

    /** For how long the client has not taken the message that is on its way. */
    synchronized long stalledNanos() {
        return sending ? System.nanoTime() - sendingSinceNanos : 0;
    }

    /** A loop rather than a recursion, since a message may be gone before {@code send} returns. */
    private void sendWaiting() {
        while (true) {
            Departure next = takeNext();
            if (next == null) {
                runLast();
                return;
            }
            Flight flight = new Flight();
            socket.send(next.message(), next.order(), flight);
            if (flight.hand.compareAndSet(false, true)) {
                return;
            }
        }
    }

    /** Nothing can follow on what was sent: {@link #finish} has closed the way. */
    private void runLast() {
        Runnable last;
        synchronized (this) {
            last = sending || ended ? null : whenSent;
            ended |= last != null;
        }
        if (last != null) {
            last.run();
        }
    }

    private synchronized @Nullable Departure takeNext() {
        byte[] next = waiting.poll();
        if (next == null) {
            sending = false;
            return null;
        }
        bytes -= next.length;
        sendingSinceNanos = System.nanoTime();
        return new Departure(next, waiting.isEmpty() ? Order.LAST : Order.MORE_FOLLOW);
    }

    /** Whoever comes second, the sender or the outcome, goes on with the next message. */
    private final class Flight implements Socket.Outcome {
        private final AtomicBoolean hand = new AtomicBoolean();

        @Override
        public void sent() {
            if (!hand.compareAndSet(false, true)) {
                sendWaiting();
            }
        }

        @Override
        public void failed() {
            close();
            sent();
        }
    }
}
