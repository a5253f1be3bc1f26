package io.outcry.engineclient;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.outcry.engine.v1.EngineGrpc;
import io.outcry.engine.v1.EventBatch;
import io.outcry.engine.v1.SubscribeRequest;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One connection and the stream of events on it, which brings a batch each time it is asked. For
 * the subscription's thread, but {@link #cut}, which is thread-safe.
 */
final class FeedStream {

    /** Who is told what comes, on the subscription's thread. */
    interface Listener {
        /** The next batch comes once {@link #requestNext} is called. */
        void onBatch(FeedStream stream, EventBatch batch);

        /** The stream has ended; nothing more comes from it. */
        void onEnd(FeedStream stream, Status.Code code, String reason);
    }

    private final Listener listener;
    private final Silence silence;
    private final ManagedChannel channel;

    private @Nullable ClientCallStreamObserver<SubscribeRequest> requests;
    private boolean ended;

    private FeedStream(ManagedChannel channel, Duration silenceLimit, Listener listener) {
        this.channel = channel;
        this.listener = listener;
        silence = new Silence(silenceLimit, System.nanoTime());
    }

    static FeedStream start(
            Transport transport,
            Executor thread,
            Duration silenceLimit,
            SubscribeRequest request,
            Listener listener) {
        FeedStream stream = new FeedStream(transport.channel(thread), silenceLimit, listener);
        EngineGrpc.newStub(stream.channel).subscribe(request, stream.new Batches());
        return stream;
    }

    void requestNext() {
        silence.ended(System.nanoTime());
        if (requests != null) {
            requests.request(1);
        }
    }

    /** Ends the stream when its peer is silent. */
    void tick(long nowNanos) {
        if (silence.tick(nowNanos)) {
            end(Status.Code.UNAVAILABLE, silence.toString());
        }
    }

    /** Ends the stream without a word to the listener. */
    void drop() {
        ended = true;
        cut();
    }

    /** Ends the connection; the listener may still hear of it. */
    void cut() {
        channel.shutdownNow();
    }

    private void end(Status.Code code, String reason) {
        if (!ended) {
            drop();
            listener.onEnd(this, code, reason);
        }
    }

    private final class Batches implements ClientResponseObserver<SubscribeRequest, EventBatch> {
        @Override
        public void beforeStart(ClientCallStreamObserver<SubscribeRequest> stream) {
            requests = stream;
            stream.disableAutoRequestWithInitial(1);
        }

        @Override
        public void onNext(EventBatch batch) {
            if (!ended) {
                listener.onBatch(FeedStream.this, batch);
            }
        }

        @Override
        public void onError(Throwable error) {
            end(Status.fromThrowable(error).getCode(), Failures.describe(error));
        }

        @Override
        public void onCompleted() {
            end(Status.Code.OK, "the engine ended the stream");
        }
    }
}
