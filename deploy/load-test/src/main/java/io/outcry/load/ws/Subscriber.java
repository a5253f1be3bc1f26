package io.outcry.load.ws;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client of a WebSocket that follows one channel. For one thread. */
final class Subscriber {
    private static final byte[] SNAPSHOT = ascii("\"type\":\"snapshot\"");
    private static final byte[] UPDATE = ascii("\"type\":\"update\"");
    private static final byte[] RESYNC = ascii("\"type\":\"resync\"");
    private static final byte[] TIME = ascii("\"time\":\"");

    private final SocketChannel channel;
    private final HeadReader reader = new HeadReader();
    private final byte[] subscription;
    private boolean subscribed;
    private boolean following;

    /** Hears what comes. */
    interface Ear {
        /**
         * Something has changed.
         *
         * @param time that the message has first, which is its oldest
         */
        void update(String time);

        void resync();
    }

    private Subscriber(SocketChannel channel, String followed) {
        this.channel = channel;
        subscription = ascii("{\"op\":\"subscribe\",\"channels\":[\"" + followed + "\"]}");
    }

    /** Connects, and leaves the rest to {@link #read}. */
    static Subscriber open(URI replica, String followed) throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(replica.getHost(), replica.getPort()));
        Subscriber subscriber = new Subscriber(channel, followed);
        subscriber.write(Frames.handshake(replica));
        channel.configureBlocking(false);
        return subscriber;
    }

    SocketChannel channel() {
        return channel;
    }

    /** Whether it has had its snapshot. */
    boolean following() {
        return following;
    }

    /**
     * Takes what is there.
     *
     * @throws IOException when the server closed
     */
    void read(ByteBuffer input, Ear ear) throws IOException {
        int count = channel.read(input.clear());
        if (count < 0) {
            throw new IOException("the server has gone");
        }
        if (!reader.upgraded(input.flip())) {
            return;
        }
        if (!subscribed) {
            subscribed = true;
            ByteBuffer frame = ByteBuffer.allocate(subscription.length + Frames.MOST_HEADER_BYTES);
            Frames.text(subscription, frame);
            write(Arrays.copyOf(frame.array(), frame.position()));
        }
        reader.take(input, head -> hear(head, ear));
    }

    private void hear(MessageText message, Ear ear) {
        if (message.contains(UPDATE)) {
            ear.update(message.string(TIME));
        } else if (message.contains(SNAPSHOT)) {
            following = true;
        } else if (message.contains(RESYNC)) {
            ear.resync();
        }
    }

    /** So little that it always finds room. */
    private void write(byte[] bytes) throws IOException {
        if (channel.write(ByteBuffer.wrap(bytes)) < bytes.length) {
            throw new IOException("the server takes nothing");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
