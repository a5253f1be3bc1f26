package io.outcry.api.http;

import java.time.Duration;
import java.util.Set;

/**
 * How the server listens.
 *
 * @param port 0: any free one
 * @param probePort of 127.0.0.1, where it listens until it is ready; 0: any free one
 * @param threads most requests handled at once
 * @param maxConnections most connections at once; more wait, unanswered, until one ends
 * @param maxBodyBytes of a request
 * @param drainDelay how long a server that is to stop still takes new connections, so that whoever
 *     spreads the load has time to see that it is not ready
 * @param drainTimeout how long it then waits for connections to end
 * @param origins whose pages may call; empty: none
 */
public record HttpSettings(
        String host,
        int port,
        int probePort,
        int threads,
        int maxConnections,
        int maxBodyBytes,
        Duration drainDelay,
        Duration drainTimeout,
        Set<String> origins) {
    public HttpSettings {
        origins = Set.copyOf(origins);
    }
}
