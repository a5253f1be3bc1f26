package io.outcry.api.ws;

import io.outcry.api.http.Caller;
import io.outcry.api.http.CurrentRequest;
import io.outcry.api.http.Failures;
import io.outcry.api.http.Socket;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. What the client sends is worked off one by one, orders at once, all else
 * on threads that may wait, and both after the authentication that was sent before; what it is sent
 * waits in its {@link Outbox}, and a client for whom too much waits is let go. Safe for use by many
 * threads.
 */
final class SocketSession implements Socket.Listener, Follower {
    private static final int MOST_REQUESTS_WAITING = 32;

    private final Socket socket;
    private final Outbox outbox;
    private final Callers callers;
    private final ShownCaller caller;
    private final OrderDesk desk;
    private final Instant lastMoment;
    private final OrdersUnderWay orders;

    /** Authentication, and what goes on at once when it is not under way: orders. */
    private final SerialWork entrance;

    /** What may wait after it. */
    private final SerialWork work;

    private final Consumer<SocketSession> onOpened;
    private final Runnable onClosed;
    private final long openedNanos = System.nanoTime();

    /** When it was told good-bye; 0: not yet. */
    private final AtomicLong leavingSinceNanos = new AtomicLong();

    /** For whoever works off what was sent, one thread at a time. */
    private final FollowedChannels channels;

    private volatile boolean hasOrdered;

    SocketSession(
            Socket socket,
            MarketHub market,
            AccountHub accounts,
            Callers callers,
            OrderDesk desk,
            AccountPlaces places,
            Instant lastMoment,
            Executor workers,
            Consumer<SocketSession> onOpened,
            Runnable onClosed) {
        this.socket = socket;
        this.outbox = new Outbox(socket);
        this.callers = callers;
        this.caller = new ShownCaller(callers, places);
        this.channels = new FollowedChannels(market, accounts, caller, this, new PrivateFollower());
        this.desk = desk;
        this.lastMoment = lastMoment;
        this.orders = new OrdersUnderWay(desk, this::tell);
        this.entrance = new SerialWork(workers);
        this.work = new SerialWork(workers);
        this.onOpened = onOpened;
        this.onClosed = onClosed;
    }

    @Override
    public void opened() {
        onOpened.accept(this);
    }

    @Override
    public void received(String text) {
        if (leavingSinceNanos.get() != 0) {
            return; // Whoever is told good-bye may count on it that nothing more is done.
        }
        RequestReader reader = new RequestReader();
        Request request;
        try {
            request = reader.read(text);
        } catch (ProblemException e) {
            hear(Messages.error(reader.id(), e.problem()));
            return;
        }
        OrderOp op = OrderOp.of(request.op());
        if (op == null) {
            await(request);
        } else if (orders.begin(op, request.id())) {
            // Never waits, so it need not change threads.
            boolean unused =
                    entrance.run(
                            () ->
                                    named(
                                            request.id(),
                                            () -> orders.carryOut(op, request, caller.get())),
                            Integer.MAX_VALUE);
        }
    }

    /** In the log a request is the connection's, and what its client calls it. */
    private void named(@Nullable String id, Runnable request) {
        String connection = socket.requestId();
        CurrentRequest.during(id == null ? connection : connection + ":" + id, request);
    }

    /** All waits for authentication, and orders for nothing else. */
    private void await(Request request) {
        Runnable task =
                () -> named(request.id(), () -> answer(request.id(), () -> carryOut(request)));
        requireTaken(
                request.op().equals(PlainOp.AUTHENTICATE.toString())
                        ? entrance.add(task, MOST_REQUESTS_WAITING)
                        : entrance.run(
                                () -> requireTaken(work.add(task, MOST_REQUESTS_WAITING)),
                                MOST_REQUESTS_WAITING));
    }

    private void requireTaken(boolean taken) {
        if (!taken) {
            leave(CloseStatus.POLICY, "too many requests at once");
        }
    }

    /** Brings the answer to a request about orders. */
    private void tell(byte[] message, @Nullable Problem problem) {
        hear(message);
        if (problem == null) {
            hasOrdered = true;
        } else if (problem.code() == ErrorCode.UNAUTHENTICATED) {
            endUnauthenticated(problem);
        }
    }

    @Override
    public void closed() {
        outbox.close();
        leavingSinceNanos.compareAndSet(0, System.nanoTime());
        // After the authentication that was sent before.
        boolean unused = entrance.run(this::end, Integer.MAX_VALUE);
        onClosed.run();
    }

    private void end() {
        work.add(channels::end, Integer.MAX_VALUE);
        caller.leave();
    }

    @Override
    public void hearMore(byte[] message) {
        if (!outbox.offer(message)) {
            leave(CloseStatus.TOO_SLOW, "too slow: connect anew and start from a snapshot");
        }
    }

    @Override
    public void heardAll() {
        outbox.send();
    }

    /** Says good-bye, once; whoever does not take even that is cut off later. */
    void leave(int status, String reason) {
        if (leavingSinceNanos.compareAndSet(0, System.nanoTime())) {
            outbox.close();
            socket.close(status, reason);
        }
    }

    /** Says good-bye after what waits to be sent. */
    private void depart(int status, String reason) {
        if (leavingSinceNanos.compareAndSet(0, System.nanoTime())) {
            outbox.finish(() -> socket.close(status, reason));
        }
    }

    /** Sends the client elsewhere once all orders that it has sent are answered. */
    void drain() {
        leaveFor("the replica restarts");
    }

    /** Sends the client away likewise, to come back with a new connection. */
    void leaveAged() {
        leaveFor("the connection has been open for too long");
    }

    private void leaveFor(String reason) {
        String said = reason + ": connect anew";
        orders.drain(said, () -> depart(CloseStatus.RESTART, said));
    }

    /** When it is to be ended for its age. */
    Instant lastMoment() {
        return lastMoment;
    }

    void cut() {
        socket.cut();
    }

    /** For how long it has been leaving; 0: it is not. */
    long leavingNanos() {
        long since = leavingSinceNanos.get();
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    long stalledNanos() {
        return outbox.stalledNanos();
    }

    /** For how long it has neither followed nor ordered since it was opened; 0: it has. */
    long unusedNanos() {
        return hasOrdered || channels.everAny() ? 0 : System.nanoTime() - openedNanos;
    }

    /** When what was shown expires; MAX: never, or nothing was shown. */
    Instant until() {
        return caller.until();
    }

    /**
     * Whether what was shown is good, if anything was; otherwise the client is told and let go of,
     * once what it has ordered is answered. Never waits.
     */
    boolean checkCaller() {
        Problem refusal = caller.refusal();
        if (refusal == null) {
            return true;
        }
        orders.end(
                refusal,
                () -> {
                    hear(Messages.error(null, refusal));
                    departUnauthenticated();
                });
        return false;
    }

    private void endUnauthenticated(Problem problem) {
        orders.end(problem, this::departUnauthenticated);
    }

    private void departUnauthenticated() {
        depart(CloseStatus.UNAUTHENTICATED, "not authenticated");
    }

    /** What is nobody else's business stops with the right to it, whatever is still to be done. */
    private final class PrivateFollower implements Follower {
        @Override
        public void hearMore(byte[] message) {
            if (checkCaller()) {
                SocketSession.this.hearMore(message);
            }
        }

        @Override
        public void heardAll() {
            SocketSession.this.heardAll();
        }
    }

    /** Takes a client in who shows who it is by something else than a request. */
    void authenticate(Supplier<Caller> shown) {
        entrance.add(
                () -> answer(null, () -> authenticate(null, shown.get())), MOST_REQUESTS_WAITING);
    }

    /** Runs the work, and tells the client what became of it if that is not what was asked for. */
    private void answer(@Nullable String id, Runnable request) {
        try {
            request.run();
        } catch (RuntimeException e) {
            Problem problem = Failures.problem("a request by socket", e);
            hear(Messages.error(id, problem));
            if (problem.code() == ErrorCode.UNAUTHENTICATED) {
                endUnauthenticated(problem);
            } else if (problem.code() == ErrorCode.CONNECTION_LIMIT) {
                orders.end(problem, () -> depart(CloseStatus.TRY_LATER, "too many connections"));
            }
        }
    }

    private void carryOut(Request request) {
        PlainOp op = PlainOp.of(request.op());
        if (op == null) {
            throw Problem.ofField(ErrorCode.INVALID_FIELD, "op", PlainOp.expected()).toException();
        }
        switch (op) {
            case PING -> hear(Messages.done("pong", request.id(), Set.of()));
            case AUTHENTICATE -> {
                String given = request.token();
                if (given == null) {
                    throw Problem.ofField(ErrorCode.INVALID_FIELD, "token", "is required")
                            .toException();
                }
                authenticate(request.id(), callers.ofToken().apply(given, socket.site()));
            }
            case SUBSCRIBE -> {
                desk.countRead(caller.get(), socket.site());
                channels.subscribe(request);
            }
            case UNSUBSCRIBE -> channels.unsubscribe(request);
        }
    }

    private void authenticate(@Nullable String id, Caller now) {
        caller.show(now);
        hear(Messages.plain("authenticated", id, "account_id", now.accountId().toString()));
    }
}
