package io.outcry.api.http;

import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketExtensionRegistry;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket by Javalin and Jetty. Safe for use by many threads. */
final class JettySocket implements Socket {
    private static final Logger LOG = LoggerFactory.getLogger(JettySocket.class);
    private static final String LISTENER = "listener";
    private static final int MAX_MESSAGE_BYTES = 16 * 1024;
    private static final int UNSUPPORTED = 1003;

    /** Longer than between two heartbeats, which are written at least. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

    private final Session session;
    private final CoreSession core;
    private final String requestId;
    private final String site;

    private JettySocket(Session session, String requestId, String site) {
        this.session = session;
        core = ((WebSocketSession) session).getCoreSession();
        this.requestId = requestId;
        this.site = site;
    }

    static void configure(WsConfig config, SocketRoute route, ClientAddress addresses) {
        config.onConnect(
                context -> {
                    context.session.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
                    context.session.setMaxBinaryMessageSize(MAX_MESSAGE_BYTES);
                    context.session.setIdleTimeout(IDLE_TIMEOUT);
                    Listener listener =
                            route.door()
                                    .connected(
                                            new JettySocket(
                                                    context.session,
                                                    RequestId.of(context.header(RequestId.HEADER)),
                                                    addresses.site(context)),
                                            context.queryParam("ticket"));
                    context.attribute(LISTENER, listener);
                    listener.opened();
                });
        config.onMessage(context -> listener(context).received(context.message()));
        config.onBinaryMessage(
                context -> context.closeSession(UNSUPPORTED, "messages must be text"));
        config.onClose(context -> listener(context).closed());
        config.onError(context -> LOG.debug("a socket failed", context.error()));
    }

    /**
     * Has nothing negotiated but plain frames: what else Jetty offers makes many frames of one, or
     * keeps memory for each client, on the thread that tells all others.
     */
    static void leaveOutExtensions(Server server) {
        for (ServletContextHandler context : server.getDescendants(ServletContextHandler.class)) {
            WebSocketExtensionRegistry extensions =
                    WebSocketServerComponents.ensureWebSocketComponents(server, context)
                            .getExtensionRegistry();
            Set.copyOf(extensions.getAvailableExtensionNames()).forEach(extensions::unregister);
        }
    }

    private static Listener listener(WsContext context) {
        return Objects.requireNonNull(context.attribute(LISTENER));
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public String site() {
        return site;
    }

    @Override
    public void send(byte[] utf8, Order order, Outcome outcome) {
        // A server's frames are not masked, so the text is written from where it is.
        core.sendFrame(
                new Frame(OpCode.TEXT, ByteBuffer.wrap(utf8)),
                Callback.from(outcome::sent, failure -> outcome.failed()),
                order == Order.MORE_FOLLOW);
    }

    @Override
    public void close(int status, String reason) {
        session.close(status, reason, org.eclipse.jetty.websocket.api.Callback.NOOP);
    }

    @Override
    public void cut() {
        session.disconnect();
    }
}
