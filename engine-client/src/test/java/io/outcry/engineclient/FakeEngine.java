package io.outcry.engineclient;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.outcry.engine.v1.Command;
import io.outcry.engine.v1.CommandBatch;
import io.outcry.engine.v1.EngineGrpc;
import io.outcry.engine.v1.Event;
import io.outcry.engine.v1.EventBatch;
import io.outcry.engine.v1.Hello;
import io.outcry.engine.v1.Result;
import io.outcry.engine.v1.ResultBatch;
import io.outcry.engine.v1.SubscribeRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An engine that does as it is told: answers, keeps answers back, falls silent, stops reading, dies
 * and comes back on the same port. Its switches may be thrown from any thread.
 */
final class FakeEngine implements AutoCloseable {
    private static final int FLOW_CONTROL_BYTES = 64 << 10;

    final List<CommandBatch> batches = new CopyOnWriteArrayList<>();
    final ConcurrentLinkedQueue<Command> unanswered = new ConcurrentLinkedQueue<>();
    final AtomicInteger heartbeatsReceived = new AtomicInteger();
    final AtomicInteger sessions = new AtomicInteger();
    final List<Long> subscriptions = new CopyOnWriteArrayList<>();
    final List<Long> subscriptionTimes = new CopyOnWriteArrayList<>();
    final AtomicInteger eventBatchesSent = new AtomicInteger();

    volatile Function<Command, Optional<Result>> answers = Answers::done;
    volatile boolean heartbeats = true;
    volatile boolean reading = true;
    volatile Optional<Hello> hello = Optional.of(Hello.newBuilder().setWindow(4_096).build());
    volatile Optional<Status> subscribeFailure = Optional.empty();
    volatile int eventsPerBatch = 10;

    /** By identity: ids are unique within a session alone. */
    private final Map<Command, SessionCall> origins =
            Collections.synchronizedMap(new IdentityHashMap<>());

    private final List<SessionCall> calls = new CopyOnWriteArrayList<>();
    private final List<FeedCall> feeds = new CopyOnWriteArrayList<>();
    private final List<Event> journal = new ArrayList<>();
    private final Timer timer = new Timer("fake-engine", true);

    private int port;
    private Server server;

    private FakeEngine() {}

    static FakeEngine start() {
        FakeEngine engine = new FakeEngine();
        engine.restart();
        engine.timer.schedule(engine.new Heartbeat(), 50, 50);
        return engine;
    }

    EngineSettings settings() {
        return EngineSettings.of("127.0.0.1:" + port);
    }

    /** Dies without a word, as when killed. */
    void die() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        calls.clear();
        feeds.clear();
    }

    void restart() {
        try {
            server =
                    NettyServerBuilder.forAddress(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                            .addService(new Service())
                            .flowControlWindow(FLOW_CONTROL_BYTES)
                            .build()
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = server.getPort();
    }

    void send(ResultBatch batch) {
        calls.forEach(call -> call.send(batch));
    }

    /** In the session that it came by, or else in all. */
    void answer(Command command) {
        ResultBatch batch =
                ResultBatch.newBuilder().addResults(Answers.done(command).orElseThrow()).build();
        SessionCall origin = origins.get(command);
        if (origin == null) {
            send(batch);
        } else {
            origin.send(batch);
        }
    }

    /** Whether two commands came by the same session. */
    boolean together(Command one, Command other) {
        return origins.get(one) == origins.get(other);
    }

    /** Ends the session that it came by. */
    void end(Command command) {
        SessionCall origin = origins.get(command);
        calls.remove(origin);
        origin.results.onError(Status.UNAVAILABLE.asRuntimeException());
    }

    /** Happens, and goes to every subscriber. */
    void append(Event event) {
        synchronized (journal) {
            journal.add(event);
        }
        feeds.forEach(FeedCall::pump);
    }

    /** Loses its newest events, so many. */
    void lose(int events) {
        synchronized (journal) {
            journal.subList(journal.size() - events, journal.size()).clear();
        }
    }

    /** Ends every subscription that is open. */
    void failFeeds(Status status) {
        List<FeedCall> open = List.copyOf(feeds);
        feeds.removeAll(open);
        open.forEach(feed -> feed.fail(status));
    }

    @Override
    public void close() {
        timer.cancel();
        die();
    }

    private final class Service extends EngineGrpc.EngineImplBase {
        @Override
        public StreamObserver<CommandBatch> session(StreamObserver<ResultBatch> results) {
            sessions.incrementAndGet();
            SessionCall call = new SessionCall((ServerCallStreamObserver<ResultBatch>) results);
            call.begin();
            return call;
        }

        @Override
        public void subscribe(SubscribeRequest request, StreamObserver<EventBatch> events) {
            subscriptions.add(request.getAfterSequence());
            subscriptionTimes.add(request.getAfterTime());
            Optional<Status> failure = subscribeFailure.or(() -> refusal(request));
            if (failure.isPresent()) {
                events.onError(failure.get().asRuntimeException());
                return;
            }
            FeedCall feed =
                    new FeedCall(
                            (ServerCallStreamObserver<EventBatch>) events,
                            (int) request.getAfterSequence());
            feeds.add(feed);
            feed.pump();
        }
    }

    /** Of a subscriber whose last event is another one here. */
    private Optional<Status> refusal(SubscribeRequest request) {
        synchronized (journal) {
            int last = (int) request.getAfterSequence();
            if (request.getAfterTime() == 0
                    || last > journal.size()
                    || journal.get(last - 1).getTime() == request.getAfterTime()) {
                return Optional.empty();
            }
        }
        return Optional.of(Status.FAILED_PRECONDITION.withDescription("rolled back"));
    }

    private final class SessionCall implements StreamObserver<CommandBatch> {
        private final ServerCallStreamObserver<ResultBatch> results;

        SessionCall(ServerCallStreamObserver<ResultBatch> results) {
            this.results = results;
            results.setOnCancelHandler(() -> calls.remove(this));
            if (!reading) {
                results.disableAutoRequest();
            }
        }

        void begin() {
            calls.add(this);
            hello.ifPresent(value -> send(ResultBatch.newBuilder().setHello(value).build()));
        }

        synchronized void send(ResultBatch batch) {
            if (!results.isCancelled()) {
                results.onNext(batch);
            }
        }

        @Override
        public void onNext(CommandBatch batch) {
            if (batch.getCommandsCount() == 0) {
                heartbeatsReceived.incrementAndGet();
                return;
            }
            batch.getCommandsList().forEach(command -> origins.put(command, this));
            batches.add(batch);
            ResultBatch.Builder out = ResultBatch.newBuilder();
            for (Command command : batch.getCommandsList()) {
                answers.apply(command)
                        .ifPresentOrElse(out::addResults, () -> unanswered.add(command));
            }
            if (out.getResultsCount() > 0) {
                send(out.build());
            }
        }

        @Override
        public void onError(Throwable error) {
            calls.remove(this);
        }

        @Override
        public void onCompleted() {
            results.onCompleted();
        }
    }

    private final class FeedCall {
        private final ServerCallStreamObserver<EventBatch> events;
        private int next;

        FeedCall(ServerCallStreamObserver<EventBatch> events, int next) {
            this.events = events;
            this.next = next;
            events.setOnReadyHandler(this::pump);
            events.setOnCancelHandler(() -> feeds.remove(this));
        }

        synchronized void pump() {
            while (events.isReady() && !events.isCancelled()) {
                EventBatch.Builder batch = EventBatch.newBuilder();
                synchronized (journal) {
                    while (next < journal.size() && batch.getEventsCount() < eventsPerBatch) {
                        batch.addEvents(journal.get(next++));
                    }
                    batch.setDurableSequence(journal.size());
                }
                if (batch.getEventsCount() == 0) {
                    return;
                }
                eventBatchesSent.incrementAndGet();
                events.onNext(batch.build());
            }
        }

        synchronized void heartbeat() {
            if (events.isReady() && !events.isCancelled()) {
                events.onNext(EventBatch.getDefaultInstance());
            }
        }

        synchronized void fail(Status status) {
            events.onError(status.asRuntimeException());
        }
    }

    private final class Heartbeat extends TimerTask {
        @Override
        public void run() {
            if (heartbeats) {
                send(ResultBatch.getDefaultInstance());
                feeds.forEach(FeedCall::heartbeat);
            }
        }
    }
}
