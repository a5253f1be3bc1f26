package io.outcry.api.ws;

import java.time.Duration;

/**
 * What one client's WebSockets may take of this replica.
 *
 * @param perAccount most connections that one account may have authenticated at a time
 * @param mostAge after which a connection is ended so that its client connects anew
 */
public record SocketLimits(int perAccount, Duration mostAge) {}
