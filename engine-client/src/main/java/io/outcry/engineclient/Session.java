package io.outcry.engineclient;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.outcry.engine.v1.CommandBatch;
import io.outcry.engine.v1.EngineGrpc;
import io.outcry.engine.v1.Hello;
import io.outcry.engine.v1.Result;
import io.outcry.engine.v1.ResultBatch;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection and the stream of commands on it, from the first attempt to its end. For the event
 * loop only.
 */
final class Session {
    private static final long HEARTBEAT_NANOS = Duration.ofMillis(500).toNanos();
    private static final CommandBatch HEARTBEAT = CommandBatch.getDefaultInstance();

    /** Who is told what happens on the stream, on the event loop. */
    interface Listener {
        void onHello(Hello hello);

        /**
         * May be none.
         *
         * @param durableSequence the last event that the engine has on disk
         */
        void onResults(List<Result> results, long durableSequence);

        void onWritable();

        /** The session has ended; nothing more is reported. */
        void onEnd(String reason);
    }

    private final Listener listener;
    private final Silence silence;
    private final ManagedChannel channel;

    private @Nullable ClientCallStreamObserver<CommandBatch> requests;
    private boolean greeted;
    private boolean ended;
    private long lastSentNanos;

    private Session(Transport transport, EngineSettings settings, Listener listener) {
        this.listener = listener;
        channel = transport.channel(transport.loop());
        lastSentNanos = System.nanoTime();
        silence = new Silence(settings.silenceLimit(), lastSentNanos);
    }

    static Session start(Transport transport, EngineSettings settings, Listener listener) {
        Session session = new Session(transport, settings, listener);
        EngineGrpc.newStub(session.channel).session(session.new Responses());
        return session;
    }

    /** Whether commands may be sent: the engine has said hello and the stream takes more. */
    boolean writable() {
        return greeted && !ended && requests != null && requests.isReady();
    }

    boolean greeted() {
        return greeted && !ended;
    }

    void send(CommandBatch batch) {
        if (requests != null) {
            requests.onNext(batch);
            lastSentNanos = System.nanoTime();
        }
    }

    /** Sends a heartbeat when one is due, and ends the session when its peer is silent. */
    void tick(long nowNanos) {
        if (silence.tick(nowNanos)) {
            end(silence.toString());
        } else if (nowNanos - lastSentNanos >= HEARTBEAT_NANOS && writable()) {
            send(HEARTBEAT);
        }
    }

    /** Ends the session, unless it has ended, and reports it. */
    void end(String reason) {
        if (!ended) {
            ended = true;
            channel.shutdownNow();
            listener.onEnd(reason);
        }
    }

    private void receive(ResultBatch batch) {
        if (ended) {
            return;
        }
        silence.ended(System.nanoTime());
        if (!greeted && !greet(batch)) {
            return;
        }
        listener.onResults(batch.getResultsList(), batch.getDurableSequence());
    }

    private boolean greet(ResultBatch batch) {
        if (!batch.hasHello() || batch.getHello().getWindow() == 0) {
            end("the first batch carried no hello with a window");
            return false;
        }
        greeted = true;
        listener.onHello(batch.getHello());
        return true;
    }

    private final class Responses implements ClientResponseObserver<CommandBatch, ResultBatch> {
        @Override
        public void beforeStart(ClientCallStreamObserver<CommandBatch> stream) {
            requests = stream;
            stream.setOnReadyHandler(
                    () -> {
                        if (writable()) {
                            listener.onWritable();
                        }
                    });
        }

        @Override
        public void onNext(ResultBatch batch) {
            receive(batch);
        }

        @Override
        public void onError(Throwable error) {
            end(Failures.describe(error));
        }

        @Override
        public void onCompleted() {
            end("the engine ended the session");
        }
    }
}
