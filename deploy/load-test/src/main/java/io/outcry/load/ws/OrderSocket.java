package io.outcry.load.ws;

import io.outcry.load.flow.OrderFlow;
import io.outcry.load.flow.PlaceOrder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One user that keeps a number of orders under way by WebSocket. Blocks; for one thread, its own.
 */
public final class OrderSocket implements AutoCloseable {
    private static final byte[] ID = ascii("\"id\":\"");
    private static final byte[] STATUS = ascii("\"status\":");
    private static final byte[] CODE = ascii("\"code\":\"");
    private static final int MOST_ORDER_BYTES = 512;

    private final SocketChannel channel;
    private final OrderFlow flow;
    private final int mostUnderWay;
    private final FrameReader reader = new FrameReader();
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer output;
    private final Map<Long, Long> sentNanosById = new HashMap<>();
    private long sent;

    /** Hears how each order ended. */
    @FunctionalInterface
    public interface Answers {
        /**
         * An answer.
         *
         * @param code empty unless the order was not accepted
         */
        void answered(long status, String code, long sentNanos, long latencyNanos);
    }

    private OrderSocket(SocketChannel channel, OrderFlow flow, int mostUnderWay) {
        this.channel = channel;
        this.flow = flow;
        this.mostUnderWay = mostUnderWay;
        output =
                ByteBuffer.allocateDirect(
                        mostUnderWay * (MOST_ORDER_BYTES + Frames.MOST_HEADER_BYTES) + 16 * 1024);
    }

    /** Connects and authenticates. */
    public static OrderSocket open(URI target, String token, OrderFlow flow, int mostUnderWay)
            throws IOException {
        int port = target.getPort() == -1 ? 80 : target.getPort();
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(target.getHost(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        OrderSocket socket = new OrderSocket(channel, flow, mostUnderWay);
        socket.output.put(Frames.handshake(target));
        socket.flush();
        while (!socket.reader.upgraded()) {
            socket.fill();
        }
        Frames.text(ascii("{\"op\":\"authenticate\",\"token\":\"" + token + "\"}"), socket.output);
        socket.flush();
        String answer = socket.await().toString();
        if (!answer.contains("\"authenticated\"")) {
            channel.close();
            throw new IOException("not authenticated: " + answer);
        }
        return socket;
    }

    /** Trades until that time, and then awaits what is under way. */
    public void trade(long untilNanos, Answers answers) throws IOException {
        while (true) {
            boolean more = System.nanoTime() < untilNanos;
            while (more && sentNanosById.size() < mostUnderWay) {
                place();
            }
            flush();
            if (sentNanosById.isEmpty()) {
                return;
            }
            take(await(), answers);
            while (reader.next()) {
                take(reader.text(), answers);
            }
        }
    }

    private void place() {
        PlaceOrder order = (PlaceOrder) flow.next(0);
        sentNanosById.put(sent, System.nanoTime());
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
        Long from = sentNanosById.remove(message.number(ID));
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
