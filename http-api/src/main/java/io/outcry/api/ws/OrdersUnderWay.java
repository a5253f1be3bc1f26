package io.outcry.api.ws;

import io.outcry.api.http.Caller;
import io.outcry.api.http.CurrentRequest;
import io.outcry.api.http.Failures;
import io.outcry.api.limit.LimitClass;
import io.outcry.api.orders.OrderAnswer;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one client has asked for about orders and was not answered yet. It is bounded, with a part
 * that is for cancels alone, and when the replica stops all of it is answered first. Never waits.
 * Safe for use by many threads.
 */
final class OrdersUnderWay {
    private static final int MOST = 256;
    private static final int CANCEL_RESERVE_SHARE = 8;
    private static final int MOST_BUT_RESERVE = MOST - MOST / CANCEL_RESERVE_SHARE;
    private static final Duration SOON = Duration.ofMillis(100);

    private final OrderDesk desk;
    private final Teller teller;

    // Guarded by this.
    private int count;
    private @Nullable Runnable whenAnswered;
    private @Nullable Problem ending;

    /** Brings answers to the client. */
    @FunctionalInterface
    interface Teller {
        /**
         * Tells.
         *
         * @param problem why not; null: it was done
         */
        void tell(byte[] message, @Nullable Problem problem);
    }

    OrdersUnderWay(OrderDesk desk, Teller teller) {
        this.desk = desk;
        this.teller = teller;
    }

    /** Whether a request may go on to {@link #carryOut}; otherwise it was answered. */
    boolean begin(OrderOp op, @Nullable String id) {
        Problem refusal;
        synchronized (this) {
            refusal = refusal(op);
            if (refusal == null) {
                count++;
                return true;
            }
        }
        teller.tell(Messages.error(id, refusal), refusal);
        return false;
    }

    private @Nullable Problem refusal(OrderOp op) {
        if (ending != null) {
            return ending;
        }
        int most = op.limit() == LimitClass.CANCELS ? MOST : MOST_BUT_RESERVE;
        return count < most
                ? null
                : Problem.of(
                                ErrorCode.OVERLOADED,
                                "at most "
                                        + MOST
                                        + " requests may be under way at once, "
                                        + MOST_BUT_RESERVE
                                        + " unless it is a cancel")
                        .withRetryAfter(SOON);
    }

    /** Has what was begun done; the answer comes when it comes. */
    void carryOut(OrderOp op, Request request, @Nullable Caller caller) {
        long startNanos = System.nanoTime();
        String name = CurrentRequest.id();
        CompletableFuture<OrderAnswer> answer;
        try {
            answer = desk.carryOut(op, request.orders(), caller);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Void> unused =
                answer.thenApply(done -> Answered.of(request, done))
                        .exceptionally(failure -> Answered.of(name, op, request, failure))
                        .thenAccept(
                                answered -> {
                                    teller.tell(answered.message(), answered.problem());
                                    answered();
                                    desk.measure(op, answered.status(), startNanos);
                                });
    }

    /** An answer that is ready to go. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Answered(byte[] message, int status, @Nullable Problem problem) {
        static Answered of(Request request, OrderAnswer answer) {
            return new Answered(Messages.done(request.id(), answer), answer.status(), null);
        }

        static Answered of(String name, OrderOp op, Request request, Throwable failure) {
            Problem problem = Failures.problem("request " + name + " by socket to " + op, failure);
            return new Answered(
                    Messages.error(request.id(), problem), problem.code().status(), problem);
        }
    }

    private void answered() {
        Runnable last = null;
        synchronized (this) {
            count--;
            if (count == 0) {
                last = whenAnswered;
            }
        }
        if (last != null) {
            last.run();
        }
    }

    /** Takes no more since the client is to connect anew, and otherwise like {@link #end}. */
    void drain(String why, Runnable then) {
        end(Problem.of(ErrorCode.OVERLOADED, why).withRetryAfter(SOON), then);
    }

    /**
     * Takes no more, and runs that once everything is answered, perhaps at once; only once.
     *
     * @param why what is answered to all that comes from here on
     */
    void end(Problem why, Runnable then) {
        synchronized (this) {
            if (whenAnswered != null) {
                return;
            }
            ending = why;
            whenAnswered = then;
            if (count > 0) {
                return;
            }
        }
        then.run();
    }
}
