package io.outcry.load.entry;

import io.outcry.load.flow.OrderFlow;
import io.outcry.load.flow.PlaceOrder;
import io.outcry.load.http.Answer;
import io.outcry.load.http.AnswerHandler;
import io.outcry.load.http.Connection;
import io.outcry.load.http.EventLoop;
import io.outcry.load.http.Failure;
import io.outcry.load.http.RequestWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Users that send batches of orders back to back, each one at a time. For one thread. */
final class BatchClients {
    private static final byte[] ACCEPTED = "\"status\":201".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private BatchClients() {}

    static void trade(
            EntryRun.Plan plan,
            List<String> tokens,
            List<OrderFlow> flows,
            long endNanos,
            EntryTally tally)
            throws IOException {
        int port = plan.target().getPort() == -1 ? 80 : plan.target().getPort();
        InetSocketAddress address = new InetSocketAddress(plan.target().getHost(), port);
        try (EventLoop loop = new EventLoop()) {
            List<Sender> senders = new ArrayList<>();
            for (int i = 0; i < plan.clients(); i++) {
                RequestWriter requests = RequestWriter.to(plan.target()).withToken(tokens.get(i));
                byte[] request =
                        requests.post("/api/orders/batch", body(flows.get(i), plan.batch()));
                senders.add(
                        new Sender(
                                new Connection(loop, address),
                                request,
                                plan.batch(),
                                endNanos,
                                tally));
            }
            senders.forEach(Sender::next);
            loop.run(() -> senders.stream().allMatch(sender -> sender.finished));
        }
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
        private final Connection connection;
        private final byte[] request;
        private final int orders;
        private final long endNanos;
        private final EntryTally tally;
        private long sentNanos;
        private boolean finished;

        Sender(Connection connection, byte[] request, int orders, long endNanos, EntryTally tally) {
            this.connection = connection;
            this.request = request;
            this.orders = orders;
            this.endNanos = endNanos;
            this.tally = tally;
        }

        void next() {
            sentNanos = System.nanoTime();
            if (sentNanos >= endNanos) {
                finished = true;
            } else {
                connection.send(request, PATIENCE.toNanos(), this);
            }
        }

        @Override
        public void answered(Answer answer) {
            tally.latency(System.nanoTime() - sentNanos, sentNanos);
            if (answer.status() == 200) {
                int accepted = count(answer);
                tally.accepted(accepted, sentNanos);
                tally.other("not accepted", orders - accepted, sentNanos);
            } else {
                tally.other("http " + answer.status(), orders, sentNanos);
            }
            next();
        }

        @Override
        public void failed(Failure failure) {
            tally.other(failure.label(), orders, sentNanos);
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
