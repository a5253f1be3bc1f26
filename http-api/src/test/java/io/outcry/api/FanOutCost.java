package io.outcry.api;

import com.sun.management.OperatingSystemMXBean;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.domain.market.MarketUpdate;
import io.outcry.domain.market.PublicTrade;
import io.outcry.domain.market.Ticker;
import io.outcry.domain.order.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Measures what a replica spends to tell many followers of a market's change: processor time of the
 * process but for the followers', who are in it too, for each message that has arrived. Run it by
 * hand, with the number of followers and the channels that each follows: see the module's README.
 */
final class FanOutCost {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final long TIME = 1_700_000_000_000_000_000L;
    private static final int UPDATES = 100;
    private static final int ROUNDS = 8;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private FanOutCost() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        String[] channels = arguments[1].split(",", -1);
        try (TestVenue venue = TestVenue.started()) {
            venue.live.market.onSnapshot(
                    new BookSnapshot(
                            AAPL, 1, TIME, List.of(new BookLevel(14_950, 10, 1)), List.of()));
            Readers readers = new Readers(Selector.open());
            for (int i = 0; i < count; i++) {
                readers.add(follower(venue.port(), channels));
            }
            Thread thread = new Thread(readers);
            thread.setDaemon(true);
            thread.start();
            readers.await((long) count * (1 + channels.length));
            long sequence = 1;
            double best = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long began = spent(thread);
                for (int i = 0; i < UPDATES; i++, sequence++) {
                    long before = readers.frames.get();
                    venue.live.market.onUpdate(update(sequence));
                    readers.await(before + (long) count * channels.length);
                }
                long messages = (long) UPDATES * count * channels.length;
                best = Math.min(best, (spent(thread) - began) / 1000.0 / messages);
            }
            System.out.printf(
                    "%d followers of %d channels: %.2f us a message%n",
                    count, channels.length, best);
        }
        System.exit(0);
    }

    private static long spent(Thread readers) {
        return PROCESS.getProcessCpuTime()
                - ManagementFactory.getThreadMXBean().getThreadCpuTime(readers.getId());
    }

    private static MarketUpdate update(long previous) {
        long sequence = previous + 1;
        List<BookLevel> levels =
                LongStream.range(0, 5)
                        .mapToObj(i -> new BookLevel(14_900 + i, sequence % 100 + 1, 1))
                        .toList();
        PublicTrade trade = new PublicTrade(sequence, AAPL, 14_950, 3, Side.SELL, sequence, TIME);
        return new MarketUpdate(
                AAPL,
                sequence,
                previous,
                TIME,
                levels,
                List.of(),
                List.of(trade),
                new Ticker(AAPL, sequence, TIME, 14_950, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                List.of());
    }

    private static SocketChannel follower(int port, String[] channels) throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Socket socket = channel.socket();
        socket.getOutputStream().write(PlainWebSocket.upgrade());
        PlainWebSocket.head(socket.getInputStream());
        String[] names = Stream.of(channels).map(name -> name + ":AAPL").toArray(String[]::new);
        socket.getOutputStream().write(PlainWebSocket.subscribe(names));
        channel.configureBlocking(false);
        return channel;
    }

    /** Takes whatever comes and counts the frames in it. */
    private static final class Readers implements Runnable {
        private final Selector selector;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        private final AtomicLong frames = new AtomicLong();

        Readers(Selector selector) {
            this.selector = selector;
        }

        /** What is still to come of the frame that one is in. */
        private static final class Position {
            private long header;
            private int headerBytes;
            private long payload;
        }

        void add(SocketChannel channel) throws IOException {
            channel.register(selector, SelectionKey.OP_READ, new Position());
        }

        void await(long count) {
            long endNanos = System.nanoTime() + 60_000_000_000L;
            while (frames.get() < count) {
                if (System.nanoTime() > endNanos) {
                    throw new IllegalStateException(count - frames.get() + " messages are missing");
                }
                LockSupport.parkNanos(50_000);
            }
        }

        @Override
        public void run() {
            try {
                while (true) {
                    selector.select(this::read);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read(SelectionKey key) {
            try {
                buffer.clear();
                if (((SocketChannel) key.channel()).read(buffer) < 0) {
                    key.cancel();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            buffer.flip();
            frames.addAndGet(count((Position) key.attachment()));
        }

        private long count(Position at) {
            long ended = 0;
            while (buffer.hasRemaining()) {
                if (at.payload > 0) {
                    int skipped = (int) Math.min(at.payload, buffer.remaining());
                    buffer.position(buffer.position() + skipped);
                    at.payload -= skipped;
                } else {
                    at.header = (at.header << 8) | (buffer.get() & 0xff);
                    at.headerBytes++;
                    at.payload = payload(at);
                }
                if (at.payload == 0) {
                    ended++;
                    at.header = 0;
                    at.headerBytes = 0;
                    at.payload = -1;
                }
            }
            return ended;
        }

        /** Below 0: the header is not whole. */
        private static long payload(Position at) {
            if (at.headerBytes < 2) {
                return -1;
            }
            int extra = at.headerBytes - 2;
            long length = (at.header >> (8 * extra)) & 0x7f;
            if (length < 126) {
                return length;
            }
            return length == 126 && extra == 2 ? at.header & 0xffff : -1;
        }
    }
}
