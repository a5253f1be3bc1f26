package io.outcry.engineclient;

import io.outcry.engine.v1.CommandBatch;
import io.outcry.engine.v1.Hello;
import io.outcry.engine.v1.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session with the engine, sends on it what is waiting, and sees to it that every command
 * has its outcome in time. For the event loop only, but for {@link #close}.
 */
final class EngineLink implements Session.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLink.class);

    private static final int MAX_BATCH = 256;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final EngineSettings settings;
    private final Transport transport;
    private final Reconnection reconnection;
    private final CommandQueue queue;
    private final CountDownLatch closed = new CountDownLatch(1);

    private final InFlight inFlight;
    private final long sendIntervalNanos;
    private long lastSentNanos;
    private long lastTickNanos;
    private @Nullable Session session;
    private boolean closing;
    private volatile long durableSequence;

    /**
     * @param what the session, for the log
     */
    EngineLink(String what, EngineSettings settings, Transport transport, RandomGenerator random) {
        this.settings = settings;
        this.transport = transport;
        reconnection =
                new Reconnection(
                        what + " with the engine at " + settings.target(),
                        random,
                        System.nanoTime());
        queue = new CommandQueue(settings.commandDeadline(), transport.loop(), this::sendDue);
        inFlight = new InFlight(settings.window());
        sendIntervalNanos = settings.sendInterval().toNanos();
        lastTickNanos = System.nanoTime();
        lastSentNanos = lastTickNanos - sendIntervalNanos;
    }

    void start() {
        transport.loop().execute(this::connect);
        transport.schedule(this::tick, Silence.TICK_NANOS);
    }

    CommandQueue queue() {
        return queue;
    }

    /** As told last; thread-safe. */
    long durableSequence() {
        return durableSequence;
    }

    /**
     * Takes no more commands, and ends the session when those under way have their outcome, which
     * is at their deadline at the latest. Thread-safe.
     */
    void close() {
        queue.close();
        transport.loop().execute(this::beginClose);
    }

    /** Waits until it has ended, bounded; not for the event loop. */
    void awaitClosed() {
        Waiting.uninterruptibly(settings.commandDeadline().plus(CLOSE_LIMIT), closed::await);
    }

    private void beginClose() {
        closing = true;
        // A hello may have opened it again since.
        queue.close();
    }

    private void connect() {
        if (!closing) {
            session = Session.start(transport, settings, this);
        }
    }

    /**
     * Sends what is waiting, now or when the interval is over. Until then the queue keeps a send
     * scheduled: this one.
     */
    private void sendDue() {
        long early = lastSentNanos + sendIntervalNanos - System.nanoTime();
        if (early > 0 && inFlight.size() > 0) {
            transport.schedule(this::sendWaiting, early);
        } else {
            sendWaiting();
        }
    }

    private void sendWaiting() {
        queue.sending();
        if (session == null || !session.greeted()) {
            queue.refuseAll();
            return;
        }
        while (session.writable() && !queue.isEmpty()) {
            lastSentNanos = System.nanoTime();
            session.send(nextBatch());
        }
    }

    private CommandBatch nextBatch() {
        queue.refuseOverdue(System.nanoTime());
        CommandBatch.Builder batch = CommandBatch.newBuilder();
        while (batch.getCommandsCount() < MAX_BATCH) {
            Pending<?> pending = queue.poll();
            if (pending == null) {
                break;
            }
            batch.addCommands(inFlight.add(pending));
        }
        return batch.build();
    }

    @Override
    public void onHello(Hello hello) {
        int theirs = hello.getWindow() < 0 ? Integer.MAX_VALUE : hello.getWindow();
        int window = Math.min(settings.window(), theirs);
        reconnection.connected(System.nanoTime());
        if (!closing) {
            queue.open(window);
        }
    }

    @Override
    public void onWritable() {
        sendWaiting();
    }

    @Override
    public void onResults(List<Result> results, long durable) {
        durableSequence = durable;
        for (Result result : results) {
            Pending<?> pending = inFlight.remove(result.getRequestId());
            if (pending == null) {
                LOG.error("The engine answered a command that awaits no answer: {}", result);
            } else {
                queue.release(pending);
                pending.answer(result);
            }
        }
    }

    @Override
    public void onEnd(String reason) {
        session = null;
        queue.close();
        for (Pending<?> pending : inFlight.removeAll()) {
            queue.release(pending);
            pending.leaveUnknown("the connection to the engine was lost: " + reason);
        }
        queue.refuseAll();
        if (!closing) {
            long delayNanos = reconnection.delayNanos(System.nanoTime(), reason);
            transport.schedule(this::connect, delayNanos);
        }
    }

    private void tick() {
        long now = System.nanoTime();
        queue.refuseOverdue(now);
        // Even if this loop stood still: what came before the last tick has been read by now.
        long read = lastTickNanos;
        inFlight.forEach(pending -> expire(pending, read));
        lastTickNanos = now;
        if (session != null) {
            session.tick(now);
        }
        if (closing && queue.idle()) {
            finish();
        } else {
            transport.schedule(this::tick, Silence.TICK_NANOS);
        }
    }

    private void expire(Pending<?> pending, long nowNanos) {
        if (pending.overdue(nowNanos)) {
            pending.leaveUnknown("the engine did not answer in time");
            if (closing && inFlight.remove(pending.requestId()) != null) {
                queue.release(pending);
            }
        }
    }

    private void finish() {
        if (session != null) {
            session.end("closed by this client");
        }
        closed.countDown();
    }
}
