package io.outcry.load.entry;

import io.outcry.load.flow.OrderFlow;
import io.outcry.load.flow.PlaceOrder;
import io.outcry.load.http.Answer;
import io.outcry.load.http.AnswerHandler;
import io.outcry.load.http.Connection;
import io.outcry.load.http.EventLoop;
import io.outcry.load.http.Failure;
import io.outcry.load.http.RequestWriter;
import io.outcry.load.run.Pace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Users that send batches of orders, each one at a time. For one thread. */
final class BatchClients {
    private static final byte[] ACCEPTED = "\"status\":201".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private BatchClients() {}

    static void trade(
            EntryRun.Plan plan,
            List<String> tokens,
            List<OrderFlow> flows,
            long startNanos,
            long endNanos,
            EntryTally tally)
            throws IOException {
        int port = plan.target().getPort() == -1 ? 80 : plan.target().getPort();
        InetSocketAddress address = new InetSocketAddress(plan.target().getHost(), port);
        try (EventLoop loop = new EventLoop()) {
            List<Sender> senders = new ArrayList<>();
            for (int i = 0; i < plan.clients(); i++) {
                RequestWriter requests = RequestWriter.to(plan.target()).withToken(tokens.get(i));
                senders.add(
                        new Sender(
                                loop,
                                new Connection(loop, address),
                                requests(plan, requests, flows.get(i)),
                                plan.batch(),
                                plan.pace(startNanos, i),
                                endNanos,
                                tally));
            }
            senders.forEach(Sender::next);
            loop.run(() -> senders.stream().allMatch(sender -> sender.finished));
        }
    }

    /** Back to back a client says the same each time, so that little is spent on saying it. */
    private static Supplier<byte[]> requests(
            EntryRun.Plan plan, RequestWriter requests, OrderFlow flow) {
        Supplier<byte[]> next = () -> requests.post("/api/orders/batch", body(flow, plan.batch()));
        if (plan.ratePerSecond() > 0) {
            return next;
        }
        byte[] same = next.get();
        return () -> same;
    }

    private static String body(OrderFlow flow, int orders) {
        StringBuilder json = new StringBuilder("{\"orders\":[");
        for (int i = 0; i < orders; i++) {
            json.append(i == 0 ? "" : ",").append(((PlaceOrder) flow.next(0)).json(null));
        }
        return json.append("]}").toString();
    }

    /** One user. */
    private static final class Sender implements AnswerHandler {
        private final EventLoop loop;
        private final Connection connection;
        private final Supplier<byte[]> requests;
        private final int orders;
        private final Pace pace;
        private final long endNanos;
        private final EntryTally tally;

        /** When the batch under way was due: a late one counts from then. */
        private long dueNanos;

        private boolean finished;

        Sender(
                EventLoop loop,
                Connection connection,
                Supplier<byte[]> requests,
                int orders,
                Pace pace,
                long endNanos,
                EntryTally tally) {
            this.loop = loop;
            this.connection = connection;
            this.requests = requests;
            this.orders = orders;
            this.pace = pace;
            this.endNanos = endNanos;
            this.tally = tally;
        }

        void next() {
            long now = System.nanoTime();
            dueNanos = pace.nextDue(now);
            if (Math.max(now, dueNanos) >= endNanos) {
                finished = true;
            } else if (dueNanos <= now) {
                send();
            } else {
                loop.at(loop.now() + dueNanos - now, this::send);
            }
        }

        private void send() {
            connection.send(requests.get(), PATIENCE.toNanos(), this);
        }

        @Override
        public void answered(Answer answer) {
            tally.latency(System.nanoTime() - dueNanos, dueNanos);
            if (answer.status() == 200) {
                int accepted = count(answer);
                tally.accepted(accepted, dueNanos);
                tally.other("not accepted", orders - accepted, dueNanos);
            } else {
                tally.other("http " + answer.status(), orders, dueNanos);
            }
            next();
        }

        @Override
        public void failed(Failure failure) {
            tally.other(failure.label(), orders, dueNanos);
            next();
        }

        private static int count(Answer answer) {
            byte[] bytes = answer.bytes();
            int end = answer.bodyOffset() + answer.bodyLength() - ACCEPTED.length;
            int count = 0;
            for (int i = answer.bodyOffset(); i <= end; i++) {
                if (bytes[i] == ACCEPTED[0]
                        && Arrays.equals(
                                bytes, i, i + ACCEPTED.length, ACCEPTED, 0, ACCEPTED.length)) {
                    count++;
                }
            }
            return count;
        }
    }
}
