package io.outcry.load.ws;

import io.outcry.load.flow.OrderFlow;
import io.outcry.load.flow.PlaceOrder;
import io.outcry.load.run.Pace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One user that keeps a number of orders under way by WebSocket. Blocks, but not for ever: a watch
 * closes the connection of one whose answers do not come. For one thread, its own.
 */
public final class OrderSocket implements AutoCloseable {
    private static final byte[] ID = ascii("\"id\":\"");
    private static final byte[] STATUS = ascii("\"status\":");
    private static final byte[] CODE = ascii("\"code\":\"");
    private static final int MOST_ORDER_BYTES = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SocketChannel channel;
    private final OrderFlow flow;
    private final int mostUnderWay;
    private final Duration patience;
    private final FrameReader reader = new FrameReader();
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer output;
    private final Map<Long, Long> dueNanosById = new HashMap<>();
    private long sent;

    /** When the watch gives up. */
    private volatile long endNanos;

    /** Hears how each order ended. */
    public interface Answers {
        /**
         * An answer.
         *
         * @param code empty unless the order was not accepted
         */
        void answered(long status, String code, long dueNanos, long latencyNanos);

        /** No answer came. */
        void undecided(long dueNanos);
    }

    private OrderSocket(
            SocketChannel channel, OrderFlow flow, int mostUnderWay, Duration patience) {
        this.channel = channel;
        this.patience = patience;
        this.flow = flow;
        this.mostUnderWay = mostUnderWay;
        output =
                ByteBuffer.allocateDirect(
                        mostUnderWay * (MOST_ORDER_BYTES + Frames.MOST_HEADER_BYTES) + 16 * 1024);
    }

    /** Connects and authenticates. */
    public static OrderSocket open(URI target, String token, OrderFlow flow, int mostUnderWay)
            throws IOException {
        return open(target, token, flow, mostUnderWay, PATIENCE);
    }

    static OrderSocket open(
            URI target, String token, OrderFlow flow, int mostUnderWay, Duration patience)
            throws IOException {
        int port = target.getPort() == -1 ? 80 : target.getPort();
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(target.getHost(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        OrderSocket socket = new OrderSocket(channel, flow, mostUnderWay, patience);
        try {
            socket.giveUp(patience);
            socket.authenticate(target, token);
        } catch (ClosedChannelException e) {
            throw new IOException(
                    "the venue did not answer within " + patience.toMillis() + " ms", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return socket;
    }

    private void authenticate(URI target, String token) throws IOException {
        output.put(Frames.handshake(target));
        flush();
        while (!reader.upgraded()) {
            fill();
        }
        Frames.text(ascii("{\"op\":\"authenticate\",\"token\":\"" + token + "\"}"), output);
        flush();
        String answer = await().toString();
        if (!answer.contains("\"authenticated\"")) {
            throw new IOException("not authenticated: " + answer);
        }
    }

    /** Closes the connection after that time, unless it is given another one by then. */
    private void giveUp(Duration after) {
        long end = System.nanoTime() + after.toNanos();
        endNanos = end;
        CompletableFuture.delayedExecutor(after.toNanos(), TimeUnit.NANOSECONDS)
                .execute(
                        () -> {
                            if (endNanos == end) {
                                closeQuietly();
                            }
                        });
    }

    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException e) {
            // Who waits for it is woken all the same.
        }
    }

    /**
     * Trades until that time, and then awaits what is under way. What was not answered a while
     * after is undecided.
     *
     * @param pace what is due while answers are awaited is sent once one has come; its latency
     *     counts from when it was due
     */
    public void trade(long untilNanos, Pace pace, Answers answers) throws IOException {
        giveUp(Duration.ofNanos(untilNanos - System.nanoTime()).plus(patience));
        try {
            exchange(untilNanos, pace, answers);
        } catch (ClosedChannelException e) {
            dueNanosById.values().forEach(answers::undecided);
        }
    }

    private void exchange(long untilNanos, Pace pace, Answers answers) throws IOException {
        long due = pace.nextDue(System.nanoTime());
        while (true) {
            long now = System.nanoTime();
            while (due <= now && now < untilNanos && dueNanosById.size() < mostUnderWay) {
                place(due);
                now = System.nanoTime();
                due = pace.nextDue(now);
            }
            flush();
            if (!dueNanosById.isEmpty()) {
                take(await(), answers);
                while (reader.next()) {
                    take(reader.text(), answers);
                }
            } else if (Math.max(now, due) >= untilNanos) {
                return;
            } else {
                LockSupport.parkNanos(due - now);
            }
        }
    }

    private void place(long dueNanos) {
        PlaceOrder order = (PlaceOrder) flow.next(0);
        dueNanosById.put(sent, dueNanos);
        Frames.text(
                ascii(
                        "{\"op\":\"place\",\"id\":\""
                                + sent
                                + "\",\"order\":"
                                + order.json(null)
                                + "}"),
                output);
        sent++;
    }

    /** Heartbeats have no id. */
    private void take(MessageText message, Answers answers) {
        Long from = dueNanosById.remove(message.number(ID));
        if (from != null) {
            long status = message.number(STATUS);
            answers.answered(
                    status,
                    status == 201 ? "" : message.string(CODE),
                    from,
                    System.nanoTime() - from);
        }
    }

    private MessageText await() throws IOException {
        while (!reader.next()) {
            fill();
        }
        return reader.text();
    }

    private void fill() throws IOException {
        if (channel.read(input.clear()) < 0) {
            throw new IOException("the server has gone");
        }
        reader.add(input.flip());
    }

    private void flush() throws IOException {
        output.flip();
        while (output.hasRemaining()) {
            int unused = channel.write(output);
        }
        output.clear();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
