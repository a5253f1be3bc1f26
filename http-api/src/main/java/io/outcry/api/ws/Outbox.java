package io.outcry.api.ws;

import io.outcry.api.http.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one client, within bounds: one message is on its way, the others wait
 * for it. Whoever offers never waits. Safe for use by many threads.
 */
final class Outbox {
    static final int MOST_MESSAGES = 1_000;
    static final int MOST_CHARACTERS = 1024 * 1024;

    private final Socket socket;

    // Guarded by this.
    private final Deque<String> waiting = new ArrayDeque<>();
    private long characters;
    private boolean sending;
    private long sendingSinceNanos;
    private boolean closed;
    private @Nullable Runnable whenSent;

    Outbox(Socket socket) {
        this.socket = socket;
    }

    /** Whether it was taken: false when the client is too far behind, or gone. */
    boolean offer(String text) {
        synchronized (this) {
            if (closed
                    || whenSent != null
                    || waiting.size() >= MOST_MESSAGES
                    || characters + text.length() > MOST_CHARACTERS) {
                return false;
            }
            waiting.add(text);
            characters += text.length();
            if (sending) {
                return true;
            }
            sending = true;
        }
        sendWaiting();
        return true;
    }

    /** Forgets what waits and takes no more. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        characters = 0;
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
        }
        then.run();
    }

    /** For how long the client has not taken the message that is on its way. */
    synchronized long stalledNanos() {
        return sending ? System.nanoTime() - sendingSinceNanos : 0;
    }

    /** A loop rather than a recursion, since a message may be gone before {@code send} returns. */
    private void sendWaiting() {
        while (true) {
            String next = takeNext();
            if (next == null) {
                runLast();
                return;
            }
            Flight flight = new Flight();
            socket.send(next, flight);
            if (flight.hand.compareAndSet(false, true)) {
                return;
            }
        }
    }

    /** Nothing can follow on what was sent: {@link #finish} has closed the way. */
    private void runLast() {
        Runnable last;
        synchronized (this) {
            last = sending ? null : whenSent;
        }
        if (last != null) {
            last.run();
        }
    }

    private synchronized @Nullable String takeNext() {
        String next = waiting.poll();
        if (next == null) {
            sending = false;
        } else {
            characters -= next.length();
            sendingSinceNanos = System.nanoTime();
        }
        return next;
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
