package io.outcry.api.ws;

/** Why the server ends a connection, as RFC 6455 and, from 4000 on, as clients of this API know. */
final class CloseStatus {
    /** The client broke a limit of the protocol. */
    static final int POLICY = 1008;

    /** The replica is about to stop: another one takes over. */
    static final int RESTART = 1012;

    static final int TRY_LATER = 1013;

    /** The token is not valid, or no longer. */
    static final int UNAUTHENTICATED = 4001;

    /** The client takes what it is sent too slowly. */
    static final int TOO_SLOW = 4008;

    private CloseStatus() {}
}
