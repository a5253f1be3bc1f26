package io.outcry.engineclient;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How connections are encrypted. Files are read anew for each of them, since certificates are
 * renewed while a client runs. Thread-safe.
 */
final class Encryption {
    private static final Logger LOG = LoggerFactory.getLogger(Encryption.class);

    private final String target;
    private final @Nullable EngineTls tls;
    private volatile @Nullable ChannelCredentials lastGood;

    Encryption(String target, @Nullable EngineTls tls) {
        this.target = target;
        this.tls = tls;
    }

    /**
     * For one connection. What cannot be used, since somebody is just writing it, does not end a
     * client that has had something usable before.
     *
     * @throws IllegalArgumentException when the target is no name that gRPC can resolve, or the
     *     files cannot be used and none could before
     */
    NettyChannelBuilder channelBuilder() {
        if (tls == null) {
            return NettyChannelBuilder.forTarget(target, InsecureChannelCredentials.create());
        }
        try {
            ChannelCredentials credentials =
                    TlsChannelCredentials.newBuilder()
                            .trustManager(tls.authority().toFile())
                            .keyManager(tls.certificate().toFile(), tls.key().toFile())
                            .build();
            NettyChannelBuilder builder = NettyChannelBuilder.forTarget(target, credentials);
            lastGood = credentials;
            return builder;
        } catch (IOException | IllegalArgumentException e) {
            return withLastGood(tls, e);
        }
    }

    private NettyChannelBuilder withLastGood(EngineTls files, Exception failure) {
        ChannelCredentials credentials = lastGood;
        if (credentials == null) {
            throw new IllegalArgumentException(
                    "No TLS with the engine at %s can be had from %s: %s"
                            .formatted(target, files, failure.getMessage()),
                    failure);
        }
        LOG.warn("{} cannot be used ({}): those read before are", files, failure.getMessage());
        return NettyChannelBuilder.forTarget(target, credentials);
    }
}
