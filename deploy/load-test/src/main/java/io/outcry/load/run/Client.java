package io.outcry.load.run;

import io.outcry.load.flow.Action;
import io.outcry.load.flow.CancelOrder;
import io.outcry.load.flow.OrderFlow;
import io.outcry.load.flow.PlaceOrder;
import io.outcry.load.http.Answer;
import io.outcry.load.http.AnswerHandler;
import io.outcry.load.http.Connection;
import io.outcry.load.http.Failure;
import io.outcry.load.http.RequestWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One user that sends what its flow says when its pace says, one request at a time. Lives on its
 * loop's thread.
 */
final class Client implements AnswerHandler {
    private final RunContext context;
    private final Window window;
    private final Account account;
    private final Connection connection;
    private final RequestWriter requests;
    private final OrderFlow flow;
    private final Pace pace;
    private final Backoff backoff;
    private final Tally warmup = new Tally();
    private final Tally orders = new Tally();
    private final Tally cancels = new Tally();

    private long pausedUntilNanos;
    private long orderCount;
    private @Nullable Exchange exchange;
    private boolean finished;
    private long finishedNanos;

    Client(
            RunContext context,
            Window window,
            Account account,
            Connection connection,
            OrderFlow flow,
            Pace pace) {
        this.context = context;
        this.window = window;
        this.account = account;
        this.connection = connection;
        this.requests = RequestWriter.to(context.settings().target()).withToken(account.token());
        this.flow = flow;
        this.pace = pace;
        this.backoff = new Backoff(context.settings().seed() + account.client());
    }

    Account account() {
        return account;
    }

    Tally warmup() {
        return warmup;
    }

    Tally orders() {
        return orders;
    }

    Tally cancels() {
        return cancels;
    }

    /** Whether nothing more will be sent. */
    boolean finished() {
        return finished;
    }

    long finishedNanos() {
        return finishedNanos;
    }

    /** Whether a request is under way or will be sent again. */
    boolean busy() {
        return exchange != null;
    }

    /** Goes on to whatever is due next, or finishes. */
    void next() {
        long now = context.loop().now();
        long freeAt = Math.max(Math.max(now, window.startNanos()), pausedUntilNanos);
        long due = pace.nextDue(freeAt);
        long sendAt = Math.max(due, freeAt);
        if (sendAt >= window.endNanos()) {
            finish(due);
        } else if (sendAt <= now) {
            begin(due);
        } else {
            context.loop().at(sendAt, () -> begin(due));
        }
    }

    private void begin(long due) {
        long now = context.loop().now();
        if (now >= window.endNanos()) {
            finish(due);
            return;
        }
        Exchange begun = exchange(flow.next(now - window.startNanos()), due, now);
        exchange = begun;
        tally(begun).countSent();
        if (context.settings().ratePerSecond() > 0) {
            tally(begun).recordStartDelay(now - due);
        }
        attempt();
    }

    private void attempt() {
        Exchange current = current();
        current.countAttempt();
        connection.send(current.request(), context.settings().timeout().toNanos(), this);
    }

    @Override
    public void answered(Answer answer) {
        settle(context.reader().read(current().action(), answer));
    }

    @Override
    public void failed(Failure failure) {
        settle(context.reader().read(failure));
    }

    private void settle(Outcome outcome) {
        long now = context.loop().now();
        Exchange settled = current();
        if (settled.action() instanceof PlaceOrder) {
            context.live().add(outcome);
        }
        pause(outcome, now);
        if (retries(outcome, now)) {
            tally(settled).countRetry(outcome);
            context.loop().at(pausedUntilNanos, this::attempt);
            return;
        }
        tally(settled).countEnd(outcome, now - settled.dueNanos());
        context.log().write(account, settled, outcome, now);
        exchange = null;
        if (outcome instanceof Outcome.Accepted accepted
                && settled.action() instanceof PlaceOrder
                && accepted.rests()
                && accepted.orderId() != null) {
            flow.rested(accepted.orderId());
        }
        next();
    }

    /** After anything but a decision a client waits, or it would hammer a venue that is down. */
    private void pause(Outcome outcome, long now) {
        if (outcome.isDecided()) {
            backoff.reset();
        } else if (outcome instanceof Outcome.Refused refused && refused.retryAfterSeconds() >= 0) {
            Duration asked = Duration.ofSeconds(refused.retryAfterSeconds());
            Duration longest = context.settings().maxPause();
            Duration pause = asked.compareTo(longest) < 0 ? asked : longest;
            pausedUntilNanos = now + pause.toNanos();
        } else {
            pausedUntilNanos = now + backoff.next();
        }
    }

    private boolean retries(Outcome outcome, long now) {
        boolean worthwhile =
                outcome instanceof Outcome.Unknown
                        || outcome instanceof Outcome.NotSent
                        || outcome instanceof Outcome.Refused;
        return worthwhile && context.settings().retry() && now < window.retryUntilNanos();
    }

    /** What was due in time and could not be sent is not left out. */
    private void finish(long firstUnsentDue) {
        long end = window.endNanos();
        for (long due = firstUnsentDue; due < end; due = pace.nextDue(end)) {
            (window.measures(due) ? orders : warmup).countUnsent(end - due);
        }
        finished = true;
        finishedNanos = context.loop().now();
    }

    private Tally tally(Exchange exchange) {
        if (!window.measures(exchange.dueNanos())) {
            return warmup;
        }
        return exchange.action() instanceof CancelOrder ? cancels : orders;
    }

    private Exchange exchange(Action action, long due, long now) {
        if (action instanceof CancelOrder cancel) {
            byte[] request = requests.delete("/api/orders/" + cancel.orderId());
            return new Exchange(action, null, request, due, now);
        }
        String clientOrderId = context.settings().clientOrderIds() ? nextClientOrderId() : null;
        byte[] request = requests.post("/api/orders", ((PlaceOrder) action).json(clientOrderId));
        return new Exchange(action, clientOrderId, request, due, now);
    }

    private String nextClientOrderId() {
        orderCount++;
        return context.id() + "-" + account.client() + "-" + orderCount;
    }

    private Exchange current() {
        Exchange current = exchange;
        if (current == null) {
            throw new IllegalStateException("no request is under way");
        }
        return current;
    }
}
