package io.outcry.api.http;

import io.javalin.websocket.WsContext;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the peer's address, unless that is a proxy of ours, which tells. Safe
 * for use by many threads.
 *
 * @param proxies that are believed
 */
public record ClientAddress(List<AddressRange> proxies) {
    private static final String HEADER = "X-Real-IP";

    public ClientAddress {
        proxies = List.copyOf(proxies);
    }

    /** An address as a literal. */
    public String of(Exchange exchange) {
        return of(exchange.peerAddress(), exchange.header(HEADER));
    }

    String of(String peerAddress, @Nullable String told) {
        String peer = literal(peerAddress);
        return told != null
                        && AddressRange.anyContains(proxies, peer)
                        && AddressRange.isAddress(told)
                ? told
                : peer;
    }

    /** What stands for the client wherever clients are counted: see {@link AddressRange#site}. */
    public String site(Exchange exchange) {
        return AddressRange.site(of(exchange));
    }

    /** The same of whoever opened a WebSocket. */
    String site(WsContext socket) {
        var peer = (InetSocketAddress) socket.session.getRemoteSocketAddress();
        return AddressRange.site(of(peer.getAddress().getHostAddress(), socket.header(HEADER)));
    }

    /** Jetty writes IPv6 as in a URL, in brackets, and Java adds the interface it came by. */
    static String literal(String peer) {
        String bare = peer.startsWith("[") ? peer.substring(1, peer.length() - 1) : peer;
        int scope = bare.indexOf('%');
        return scope < 0 ? bare : bare.substring(0, scope);
    }
}
