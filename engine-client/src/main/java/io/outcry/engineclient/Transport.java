package io.outcry.engineclient;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** One event loop thread, and the channels whose sockets it serves. Thread-safe. */
final class Transport {
    private static final int FLOW_CONTROL_BYTES = 1 << 20;
    private static final int MAX_MESSAGE_BYTES = 64 << 20;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Encryption encryption;
    private final EventLoopGroup group;
    private final Class<? extends Channel> socketType;
    private final EventLoop loop;
    private final Set<ManagedChannel> channels = ConcurrentHashMap.newKeySet();

    /**
     * @throws IllegalArgumentException when the target is no name that gRPC can resolve, or the
     *     files for TLS cannot be used
     */
    Transport(EngineSettings settings, String threadName) {
        ThreadFactory threads = task -> daemon(task, threadName);
        boolean epoll = Epoll.isAvailable();
        group =
                new MultiThreadIoEventLoopGroup(
                        1,
                        threads,
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        socketType = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        loop = group.next();
        encryption = new Encryption(settings.target(), settings.tls());
        try {
            // Name and files are looked at when a channel is built: bad ones fail here, not later.
            channel(loop).shutdownNow();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    EventLoop loop() {
        return loop;
    }

    /**
     * A channel that connects on its first call and is used for one connection only, so that each
     * attempt resolves the name anew and gRPC's own, much longer backoff plays no part.
     *
     * @param callbacks where calls report to
     */
    ManagedChannel channel(Executor callbacks) {
        channels.removeIf(ManagedChannel::isTerminated);
        ManagedChannel channel = builder(callbacks).build();
        channels.add(channel);
        return channel;
    }

    private NettyChannelBuilder builder(Executor callbacks) {
        return encryption
                .channelBuilder()
                .eventLoopGroup(group)
                .channelType(socketType)
                .executor(callbacks)
                .offloadExecutor(task -> daemon(task, "outcry-engine-resolver").start())
                .proxyDetector(address -> null)
                .disableServiceConfigLookUp()
                .disableRetry()
                // A fixed window: measuring it would cost a ping for almost every small batch.
                .flowControlWindow(FLOW_CONTROL_BYTES)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS);
    }

    /** Runs the task on the event loop after a while. */
    @SuppressWarnings("FutureReturnValueIgnored") // Failures are logged.
    void schedule(Runnable task, long delayNanos) {
        loop.schedule(Failures.logged(task), delayNanos, TimeUnit.NANOSECONDS);
    }

    /** Ends every channel, then the thread. Bounded; on the event loop it does not wait. */
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        if (!loop.inEventLoop()) {
            for (ManagedChannel channel : channels) {
                Waiting.uninterruptibly(CLOSE_LIMIT, channel::awaitTermination);
            }
        }
        Future<?> end = group.shutdownGracefully(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        if (!loop.inEventLoop()) {
            Waiting.uninterruptibly(CLOSE_LIMIT, end::await);
        }
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
