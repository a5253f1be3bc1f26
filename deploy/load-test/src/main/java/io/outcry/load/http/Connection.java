package io.outcry.load.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: keep-alive, one request at a time, opened when a request needs it and
 * opened again after it was lost. It never sends a request twice by itself. Lives on its loop's
 * thread.
 */
public final class Connection {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private enum State {
        CLOSED,
        CONNECTING,
        SENDING,
        RECEIVING,
        IDLE
    }

    private final EventLoop loop;
    private final InetSocketAddress address;
    private final AnswerParser parser = new AnswerParser();

    private State state = State.CLOSED;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable AnswerHandler handler;
    private ByteBuffer output = NOTHING;
    private long deadlineNanos = NO_DEADLINE;

    public Connection(EventLoop loop, InetSocketAddress address) {
        this.loop = loop;
        this.address = address;
        loop.add(this);
    }

    /**
     * Sends a complete request; {@code handler} hears once what became of it, within the timeout
     * (and the loop's 10 ms).
     *
     * @throws IllegalStateException while another request is under way
     */
    public void send(byte[] request, long timeoutNanos, AnswerHandler handler) {
        if (this.handler != null) {
            throw new IllegalStateException("a request is under way on this connection");
        }
        this.handler = handler;
        output = ByteBuffer.wrap(request);
        deadlineNanos = loop.now() + timeoutNanos;
        parser.reset();
        try {
            if (state == State.IDLE) {
                write();
            } else {
                open();
            }
        } catch (IOException e) {
            Failure failure = kindOf(e);
            close();
            deadlineNanos = NO_DEADLINE;
            loop.at(loop.now(), () -> fail(failure));
        }
    }

    /** The channel is ready for what {@link #watch} asked. */
    void ready() {
        try {
            switch (state) {
                case CONNECTING -> {
                    open(channel).finishConnect();
                    write();
                }
                case SENDING -> {
                    read();
                    if (state == State.SENDING) {
                        write();
                    }
                }
                default -> read();
            }
        } catch (IOException e) {
            if (handler == null) {
                close();
            } else {
                fail(kindOf(e));
            }
        }
    }

    void expire(long now) {
        if (handler != null && now >= deadlineNanos) {
            fail(state == State.CONNECTING ? Failure.CONNECT_TIMEOUT : Failure.TIMEOUT);
        }
    }

    void close() {
        state = State.CLOSED;
        SocketChannel closing = channel;
        channel = null;
        key = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (IOException e) {
                throw new IllegalStateException("cannot close a connection to " + address, e);
            }
        }
    }

    private void open() throws IOException {
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        state = State.CONNECTING;
        opened.configureBlocking(false);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = loop.register(opened, this);
        if (opened.connect(address)) {
            write();
        } else {
            watch(SelectionKey.OP_CONNECT);
        }
    }

    private void write() throws IOException {
        state = State.SENDING;
        open(channel).write(output);
        if (output.hasRemaining()) {
            watch(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
        } else {
            state = State.RECEIVING;
            watch(SelectionKey.OP_READ);
        }
    }

    private void read() throws IOException {
        ByteBuffer input = loop.emptyInput();
        int count = open(channel).read(input);
        if (count < 0) {
            endOfInput();
        } else if (count > 0) {
            if (handler == null) {
                close();
            } else if (parser.feed(input.flip())) {
                complete();
            }
        }
    }

    private void endOfInput() {
        if (handler == null) {
            close();
        } else if (parser.close()) {
            close();
            complete();
        } else {
            fail(parser.started() ? Failure.CLOSED_MID_ANSWER : Failure.CLOSED_BEFORE_ANSWER);
        }
    }

    private void complete() {
        if (state == State.RECEIVING && parser.reusable()) {
            state = State.IDLE;
        } else {
            close();
        }
        endExchange().answered(parser);
    }

    private void fail(Failure failure) {
        close();
        endExchange().failed(failure);
    }

    private AnswerHandler endExchange() {
        AnswerHandler ended = handler;
        if (ended == null) {
            throw new IllegalStateException("no request is under way");
        }
        handler = null;
        output = NOTHING;
        deadlineNanos = NO_DEADLINE;
        return ended;
    }

    private Failure kindOf(IOException e) {
        if (state == State.CONNECTING) {
            return e instanceof ConnectException ? Failure.CONNECT_REFUSED : Failure.CONNECT_FAILED;
        }
        return e instanceof MalformedAnswerException ? Failure.MALFORMED_ANSWER : Failure.RESET;
    }

    private void watch(int operations) {
        SelectionKey current = key;
        if (current != null && current.interestOps() != operations) {
            current.interestOps(operations);
        }
    }

    private static SocketChannel open(@Nullable SocketChannel channel) throws IOException {
        if (channel == null) {
            throw new IOException("the connection is closed");
        }
        return channel;
    }
}
